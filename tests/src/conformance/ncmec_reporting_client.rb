# Drives ello/ncmec_reporting against a server: BASE_URL USERNAME PASSWORD. Prints one JSON object.
require 'json'
require 'tempfile'
require 'ncmec_reporting'

base_url, username, password = ARGV

# The client keeps a copy of what it sends; its own choice is an S3 bucket.
class NowhereAdapter < NcmecReporting::Adapters::Base
  def upload; end
end

NcmecReporting.configure do |config|
  config.base_uri = base_url
  config.username = username
  config.password = password
  config.quarantine_adapter(NowhereAdapter) { |adapter| adapter }
end

def report
  NcmecReporting::XmlBuilder.create('report') do |xml|
    xml.incidentSummary do
      xml.incidentType NcmecReporting::Submission::PORN
      xml.incidentDateTime '2026-03-01T10:15:00Z'
    end
    xml.reporter { xml.reportingPerson { xml.email 'safety@platform.example' } }
    xml.personOrUserReported { xml.screenName 'someone <&>' }
  end
end

def told
  yield
  'ok'
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

said = { 'online' => NcmecReporting::Status.new.online? }
submission = NcmecReporting::Submission.new
said['submit'] = told { said['number'] = submission.submit(report) }
details = '<?xml version="1.0" encoding="UTF-8"?><fileDetails><originalFileName>a.png</originalFileName>' \
          '<fileViewedByEsp>false</fileViewedByEsp></fileDetails>'
Tempfile.create(['a', '.png']) do |file|
  file.write('a harmless picture')
  file.flush
  upload = NcmecReporting::File.new(file.path, NcmecReporting::FileInfo.new(details))
  said['upload'] = told { submission.upload(upload) }
end
said['finish'] = told { submission.finish }
api = NcmecReporting::API.new
said['retractFinished'] = api.retract(said['number']).xpath('//responseCode').text
other = NcmecReporting::Submission.new
said['submitOther'] = told { other.submit(report) }
said['retract'] = told { other.retract }
NcmecReporting::Configuration.password = 'wrong'
said['wrongPassword'] = told { NcmecReporting::Submission.new.submit(report) }
puts JSON.generate(said)
