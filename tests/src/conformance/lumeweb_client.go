// Drives go.lumeweb.com/ncmec against a server: BASE_URL USERNAME PASSWORD. Prints one JSON object.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"time"

	"go.lumeweb.com/ncmec"
)

func told(err error) string {
	if err == nil {
		return "ok"
	}
	return err.Error()
}

func open(password string) *ncmec.Client {
	client, err := ncmec.NewClient(
		ncmec.WithCredentials(os.Args[2], password), ncmec.WithBaseURL(os.Args[1]), ncmec.WithRetries(0))
	if err != nil {
		panic(err)
	}
	return client
}

func report(client *ncmec.Client) *ncmec.ReportBuilder {
	return client.NewReport().
		WithIncidentType(ncmec.ChildPornography).
		WithIncidentTime(time.Date(2026, 3, 1, 10, 15, 0, 0, time.UTC)).
		WithReporter("Safety", "Team", "safety@platform.example")
}

func main() {
	ctx := context.Background()
	client := open(os.Args[3])
	said := map[string]any{"status": told(client.VerifyCredentials(ctx))}
	updater, err := report(client).WithWebIncident("https://a.example/1").
		AddFileContent(strings.NewReader("a harmless picture"), "a.png", &ncmec.FileDetails{OriginalFileName: "a.png"}).
		CreateReport(ctx)
	said["submitAndUpload"] = told(err)
	if err == nil {
		said["number"] = updater.ReportID
		done, err := updater.Finish(ctx)
		said["finish"] = told(err)
		if err == nil {
			said["files"] = len(done.FileIDs)
		}
		said["retractFinished"] = told(client.CancelReport(ctx, updater.ReportID))
	}
	other, err := report(client).WithWebIncident("https://a.example/1").CreateReport(ctx)
	said["submitOther"] = told(err)
	if err == nil {
		said["retract"] = told(client.CancelReport(ctx, other.ReportID))
		_, err = client.FinishReport(ctx, other.ReportID)
		said["finishRetracted"] = told(err)
	}
	_, err = report(open("wrong")).WithWebIncident("https://a.example/1").CreateReport(ctx)
	said["wrongPassword"] = told(err)
	said["wrongPasswordIsKnown"] = errors.Is(err, ncmec.ErrAuthentication)
	json.NewEncoder(os.Stdout).Encode(said)
}
