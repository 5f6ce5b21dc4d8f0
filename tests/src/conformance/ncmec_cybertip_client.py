"""Drives the Python client `ncmec-cybertip` against a server: BASE_URL USERNAME PASSWORD. Prints one JSON object."""

import asyncio
import json
import sys
from datetime import UTC, datetime

from ncmec_cybertip import ApiError, CyberTiplineClient, Email, IncidentSummary, IncidentType, Person, Report, Reporter
from ncmec_cybertip.files import FileDetails, OriginalFileHash
from ncmec_cybertip.report import AssociatedAccount, PersonOrUserReported
from ncmec_cybertip.enums import AssociatedAccountType
from ncmec_cybertip.common import IpCaptureEvent

base_url, username, password = sys.argv[1:4]
content = b"a harmless picture"


def report() -> Report:
    return Report(
        incident_summary=IncidentSummary(
            incident_type=IncidentType.CHILD_PORNOGRAPHY, incident_date_time=datetime(2026, 3, 1, 10, 15, tzinfo=UTC)
        ),
        reporter=Reporter(reporting_person=Person(email=[Email(value="safety@platform.example")])),
        person_or_user_reported=PersonOrUserReported(
            screen_name="Zoë 🐘 <&>",
            ip_capture_event=[IpCaptureEvent(ip_address="192.0.2.7", port=51344)],
            associated_account=[AssociatedAccount(account_type=AssociatedAccountType.LINKED)],
        ),
    )


async def refusal(call) -> int:
    try:
        await call
    except ApiError as error:
        return error.response_code
    return 0


async def main() -> None:
    said = {}
    async with CyberTiplineClient(username=username, password=password, base_url=base_url) as client:
        said["status"] = (await client.status()).response_description
        number = (await client.submit(report())).report_id
        uploaded = await client.upload(number, content, filename="a.png")
        said["md5"] = uploaded.hash
        said["fileinfo"] = (
            await client.file_info(
                FileDetails(
                    report_id=number,
                    file_id=uploaded.file_id,
                    original_file_name="a.png",
                    file_viewed_by_esp=False,
                    original_file_hash=[OriginalFileHash.compute(content, "sha256")],
                )
            )
        ).response_code
        said["finished"] = (await client.finish(number)).response_code
        said["number"] = number
        said["retractFinished"] = await refusal(client.retract(number))
        other = (await client.submit(report())).report_id
        said["retract"] = (await client.retract(other)).response_code
        said["finishRetracted"] = await refusal(client.finish(other))
    async with CyberTiplineClient(username=username, password="wrong", base_url=base_url) as client:
        said["wrongPassword"] = await refusal(client.submit(report()))
    print(json.dumps(said))


asyncio.run(main())
