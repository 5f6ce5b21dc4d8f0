// Drives github.com/Boostport/ncmec-go against a server: BASE_URL USERNAME PASSWORD. Prints one JSON object.
package main

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"time"

	ncmec "github.com/Boostport/ncmec-go"
	ct "github.com/Boostport/ncmec-go/cybertipline"
)

func report() ct.Report {
	at := time.Date(2026, 3, 1, 10, 15, 0, 0, time.UTC)
	return ct.Report{
		IncidentSummary: &ct.IncidentSummary{
			IncidentType:     ct.IncidentTypeChildPornographyPossessionManufactureAndDistribution,
			IncidentDateTime: ncmec.Time(at),
			ReportAnnotations: &ct.ReportAnnotations{Spam: ncmec.Bool(true)},
		},
		Reporter: &ct.Reporter{
			ReportingPerson: &ct.Person{Email: []ct.Email{{Value: ncmec.String("safety@platform.example")}}},
		},
		PersonOrUserReported: &ct.PersonOrUserReported{
			ScreenName:     ncmec.String("Zoë 🐘 <&>"),
			IpCaptureEvent: []ct.IpCaptureEvent{{IpAddress: ncmec.String("192.0.2.7"), Port: ncmec.Int(51344)}},
		},
	}
}

func told(err error) string {
	if err == nil {
		return "ok"
	}
	return err.Error()
}

func main() {
	ctx := context.Background()
	client := ct.NewClient(os.Args[2], os.Args[3], ct.Environment(os.Args[1]))
	said := map[string]any{}
	number, err := client.Submit(ctx, report())
	said["submit"], said["number"] = told(err), number
	file, err := client.Upload(ctx, number, "a.png", strings.NewReader("a harmless picture"))
	said["upload"] = told(err)
	said["fileinfo"] = told(client.FileInfo(ctx, ct.FileDetails{
		ReportId:         &number,
		FileId:           &file,
		OriginalFileName: ncmec.String("a.png"),
		FileViewedByEsp:  ncmec.Bool(false),
	}))
	said["finish"] = told(client.Finish(ctx, number))
	said["retractFinished"] = told(client.Retract(ctx, number))
	other, err := client.Submit(ctx, report())
	said["submitOther"] = told(err)
	said["retract"] = told(client.Retract(ctx, other))
	said["finishRetracted"] = told(client.Finish(ctx, other))
	stranger := ct.NewClient(os.Args[2], "wrong", ct.Environment(os.Args[1]))
	_, err = stranger.Submit(ctx, report())
	said["wrongPassword"] = told(err)
	json.NewEncoder(os.Stdout).Encode(said)
}
