using System.Net;
using System.Text;
using Emargement.Journeys.Platform;

namespace Emargement.Journeys.Sessions;

/// <summary>The main job, whole: from the planning file to the Région's export, over HTTP alone.</summary>
public sealed class HalfDayJourney(Server server)
{
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_half_day_goes_from_the_planning_to_the_Region()
    {
        using var world = await World.CreateAsync(server, _cancellation);

        var again = await world.Manager.UploadAsync($"{world.Api}/imports", world.Planning.Zip(), "application/zip", _cancellation);
        again.ToJsonString().ShouldContain("\"unchanged\"");

        var screen = await world.OpenAsync(world.Centre, _cancellation);
        await SignByEveryMethodAsync(world, screen);
        await CloseAsync(world);

        var (sheet, code) = await SealedSheetAsync(world, version: 1);
        await VerifyAsync(world, sheet, code);
        await CorrectAsync(world, code);
        await FileAbsenceAsync(world);
        await ExportAsync(world);
    }

    private async Task SignByEveryMethodAsync(World world, Screen screen)
    {
        var now = await server.NowAsync(_cancellation);

        using var qr = await world.PhoneOfAsync("S1", _cancellation);
        var signed = await world.SignAsync(
            qr, new { session = world.Centre, proof = new { kind = "qr", value = screen.Qr(now) } }, _cancellation, Drawings.Of(1));
        signed["method"]!.GetValue<string>().ShouldBe("qr");

        using var code = await world.PhoneOfAsync("S2", _cancellation);
        signed = await world.SignAsync(
            code, new { session = world.Centre, proof = new { kind = "code", value = screen.Typed(now) } }, _cancellation, Drawings.Of(2));
        signed["method"]!.GetValue<string>().ShouldBe("code");

        var token = await world.Manager.PostAsync($"{world.Api}/learners/S3/token", new { }, 200, _cancellation);
        using var any = new Client(server);
        signed = await world.SignAsync(
            any,
            new
            {
                session = world.Centre,
                proof = new
                {
                    kind = "token",
                    value = Tokens.Code(
                token["otpauth"]!.GetValue<string>(), now),
                    login = "S3"
                }
            },
            _cancellation);
        signed["method"]!.GetValue<string>().ShouldBe("token");

        await SignByLinkAsync(world, "S4");

        // The device without anything: the trainer's own, handed round.
        await world.Trainer.PostAsync($"{world.Api}/sessions/{world.Centre}/tablet", new { }, 204, _cancellation);
        signed = await world.SignAsync(
            world.Trainer, new { session = world.Centre, proof = new { kind = "tablet", learner = "S6" } }, _cancellation, Drawings.Of(6));
        signed["method"]!.GetValue<string>().ShouldBe("tablet");
        (await world.Trainer.SendAsync(HttpMethod.Get, $"{world.Api}/sessions/{world.Centre}", null, _cancellation)).Status.ShouldBe(
            403, "handed round, it shows nothing else");
        await world.LeaveTabletAsync(_cancellation);

        using var other = await world.PhoneOfAsync("S7", _cancellation);
        await world.SignAsync(
            other, new { session = world.Centre, proof = new { kind = "qr", value = screen.Qr(now) } }, _cancellation, Drawings.Of(7));

        await world.OpenAsync(world.Distance, _cancellation);
        signed = await world.SignAsync(
            qr, new { session = world.Distance, proof = new { kind = "remote" } }, _cancellation, Drawings.Of(8));
        signed["method"]!.GetValue<string>().ShouldBe("remote");
    }

    private async Task SignByLinkAsync(World world, string learner)
    {
        await world.Trainer.PostAsync($"{world.Api}/sessions/{world.Centre}/links", new { to = "one", learner }, 202, _cancellation);
        if (server.Mailbox is not { } mailbox)
        {
            // Mails that leave for their recipients cannot be read from here; that they were queued is what can be seen.
            return;
        }

        using var anyone = new Client(server);
        var link = await server.UntilAsync(
            () => mailbox.LinkAsync(world.AddressOf("theo"), 'l', _cancellation), "mail with a signing link", _cancellation);
        var secret = link.Segments[^1];
        (await anyone.SendAsync(HttpMethod.Get, $"l/{secret}", null, _cancellation)).Status.ShouldBe(200);
        (await anyone.SendAsync(HttpMethod.Head, $"l/{secret}", null, _cancellation)).Status.ShouldBe(200);
        var signed = await world.SignAsync(
            anyone, new { session = world.Centre, proof = new { kind = "link", value = secret } }, _cancellation, Drawings.Of(4));
        signed["method"]!.GetValue<string>().ShouldBe("email");
        WebUtility.HtmlDecode((await anyone.SendAsync(HttpMethod.Get, $"l/{secret}", null, _cancellation)).Text).ShouldContain("signé");
    }

    private async Task CloseAsync(World world)
    {
        await world.Trainer.PostAsync(
            $"{world.Api}/sessions/{world.Centre}/marks",
            new { learner = "S5", mark = "absent-justified", reason = "Arrêt de travail" },
            201, _cancellation);
        var live = await world.Trainer.GetAsync($"{world.Api}/sessions/{world.Centre}", _cancellation);
        var signed = live["signedCount"]!.GetValue<int>();
        signed.ShouldBe(server.Mailbox is not null ? 6 : 5);

        var closed = await world.Trainer.PostAsync(
            $"{world.Api}/sessions/{world.Centre}/close", new { headCount = signed, drawing = Drawings.Wave }, 200, _cancellation);
        var repeated = await world.Trainer.PostAsync(
            $"{world.Api}/sessions/{world.Centre}/close", new { headCount = 0, drawing = Drawings.Of(99) }, 200, _cancellation);
        repeated.ToJsonString().ShouldBe(closed.ToJsonString(), "a second closing answers with the first");
        await world.Trainer.PostAsync(
            $"{world.Api}/sessions/{world.Distance}/close", new { headCount = 1, typedName = "Rémi Delmas" }, 200, _cancellation);
    }

    private async Task<(byte[] Sheet, string Code)> SealedSheetAsync(World world, int version)
    {
        var path = $"{world.Api}/sessions/{world.Centre}/sheet?version={version}";
        var sheet = await server.UntilAsync(
            () => world.Trainer.DownloadAsync(path, _cancellation), $"sheet, version {version}", _cancellation);
        Encoding.ASCII.GetString(sheet, 0, 5).ShouldBe("%PDF-");
        (await world.Trainer.DownloadAsync(path, _cancellation)).ShouldBe(sheet, "stored once");

        using var anyone = new Client(server);
        var verdict = await anyone.UploadAsync("api/verify", sheet, "application/pdf", _cancellation);
        verdict["verdict"]!.GetValue<string>().ShouldBe("intact", verdict.ToJsonString());
        verdict["sheet"]!["version"]!.GetValue<int>().ShouldBe(version);
        return (sheet, verdict["sheet"]!["code"]!.GetValue<string>());
    }

    private async Task VerifyAsync(World world, byte[] sheet, string code)
    {
        using var anyone = new Client(server);
        var byCode = await anyone.GetAsync($"api/verify/{code}", _cancellation);
        byCode["sheet"]!["superseded"]!.GetValue<bool>().ShouldBeFalse(byCode.ToJsonString());
        (await anyone.SendAsync(HttpMethod.Get, $"v/{code}", null, _cancellation)).Status.ShouldBe(200);

        var changed = sheet.ToArray();
        changed[changed.Length / 2] ^= 1;
        var verdict = await anyone.UploadAsync("api/verify", changed, "application/pdf", _cancellation);
        verdict["verdict"]!.GetValue<string>().ShouldBe("changed");
        verdict = await anyone.UploadAsync("api/verify", [.. sheet, .. "\n% more"u8], "application/pdf", _cancellation);
        verdict["verdict"]!.GetValue<string>().ShouldBe("added-to");

        var evidence = await world.Manager.GetAsync($"{world.Api}/sessions/{world.Centre}/evidence", _cancellation);
        evidence["facts"]!.AsArray().Count.ShouldBeGreaterThan(8);
    }

    private async Task CorrectAsync(World world, string code)
    {
        await world.Manager.PostAsync(
            $"{world.Api}/sessions/{world.Centre}/corrections",
            new { learner = "S8", mark = "present", reason = "A signé la feuille papier", method = "paper" },
            201,
            _cancellation);
        var (_, second) = await SealedSheetAsync(world, version: 2);
        second.ShouldNotBe(code);

        using var anyone = new Client(server);
        (await anyone.GetAsync($"api/verify/{code}", _cancellation))["sheet"]!["superseded"]!.GetValue<bool>().ShouldBeTrue();
    }

    /// <summary>From a phone, with a photo; the manager accepts it, and the sheet changes.</summary>
    private async Task FileAbsenceAsync(World world)
    {
        using var phone = await world.PhoneOfAsync("S2", _cancellation);
        var (day, half) = ($"{world.Distance[..4]}-{world.Distance[4..6]}-{world.Distance[6..8]}", world.Distance[9..10]);
        var home = $"o/{world.Organisation}";
        using var form = Form(
            ("first", day), ("first-half", half), ("last", day), ("last-half", half), ("code", "FAM"), ("text", "Mariage de ma sœur"));
        using var filed = await phone.AnswerAsync(HttpMethod.Post, $"{home}/new-absence", form, _cancellation);
        var absence = filed.Headers.Location.ShouldNotBeNull().OriginalString.Split("filed=")[1];
        using var photo = new ByteArrayContent([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]);
        using var document = new MultipartFormDataContent { { photo, "file", "photo.jpg" } };
        using var sent = await phone.AnswerAsync(HttpMethod.Post, $"{home}/my-absences/{absence}/files", document, _cancellation);
        ((int)sent.StatusCode).ShouldBe(302);

        (await world.Manager.SendAsync(HttpMethod.Get, $"{home}/absences/{absence}", null, _cancellation)).Status.ShouldBe(200);
        (await world.Manager.SendAsync(HttpMethod.Get, $"{home}/absences/{absence}/files/1", null, _cancellation)).Status.ShouldBe(200);
        using var decision = Form(("act", "accept"), ("halfDay", world.Distance), ("code", "FAM"));
        using var accepted = await world.Manager.AnswerAsync(HttpMethod.Post, $"{home}/absences/{absence}", decision, _cancellation);
        ((int)accepted.StatusCode).ShouldBe(302, await accepted.Content.ReadAsStringAsync(_cancellation));
        await server.UntilAsync(
            () => world.Trainer.DownloadAsync($"{world.Api}/sessions/{world.Distance}/sheet?version=2", _cancellation),
            "sheet with the absence", _cancellation);
        var mine = (await phone.SendAsync(HttpMethod.Get, $"{home}/my-absences", null, _cancellation)).Text;
        WebUtility.HtmlDecode(mine).ShouldContain("Acceptée");

        static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
            new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
    }

    private async Task ExportAsync(World world)
    {
        var at = await world.ExportMonthAsync(_cancellation);

        var halfDays = Encoding.UTF8.GetString((await world.RegionSystem!.DownloadAsync($"{at}/demi_journees.csv", _cancellation))!);
        foreach (var (learner, status) in new[] { ("S1", "present"), ("S2", "absent_justifie"), ("S5", "absent_justifie"),
                     ("S8", "present") })
        {
            halfDays.Split("\r\n").ShouldContain(
                line => line.Contains($";{learner};", StringComparison.Ordinal)
                    && line.Contains($";{status};", StringComparison.Ordinal), halfDays);
        }

        foreach (var file in new[] { "synthese.csv", "demi_journees.csv", "semaines_entreprise.csv",
                "anomalies.csv", "manifest.json", "manifest.json.p7s" })
        {
            var bytes = (await world.RegionSystem!.DownloadAsync($"{at}/{file}", _cancellation)).ShouldNotBeNull(file);
            Encoding.UTF8.GetString(bytes).ShouldNotContain("Introuvable-Chez-La-Région", customMessage: file);
            Encoding.UTF8.GetString(bytes).ShouldNotContain("S7;", customMessage: file);
        }
    }
}
