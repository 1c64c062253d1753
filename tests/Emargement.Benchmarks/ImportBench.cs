using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Azure.Data.Tables;

namespace Emargement.Benchmarks;

/// <summary>
/// Planning rows a second, from an uploaded file to stored Sessions, against bare
/// batches of the very rows that the import wrote.
/// </summary>
internal static class ImportBench
{
    private const int Rows = 6000;
    private const int Rounds = 5;
    private const int BatchSize = 100;

    // As many transactions at once as the import has under way.
    private const int AtOnce = 4;

    public static Task<Figure> RunAsync(BenchHost host) => Figure.CompareAsync(
        host, "import of a planning", "rows a second", 0.6, Rounds, round => OursAsync(host, round), round => BareAsync(host, round));

    private static async Task<double> OursAsync(BenchHost host, int round)
    {
        var organisation = $"import{round}";
        await host.CreateOrganisationAsync(organisation);
        await SendAsync(host, organisation, "action_ref;intitule;date_debut;date_fin\nA1;Accueil;01/01/2027;31/03/2027\n");
        await SendAsync(
            host,
            organisation,
            "formateur_ref;nom;prenom;email\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"F{i};Nom{i};Prénom;\n")));
        await SendAsync(host, organisation, "stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree\n"
            + string.Concat(Enumerable.Range(0, 100).Select(i => $"S{i};Nom{i};Prénom;A1;G{i};REGION;01/01/2027\n")));
        var planning = Planning();
        var watch = Stopwatch.StartNew();
        await SendAsync(host, organisation, planning);
        return Rows / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> BareAsync(BenchHost host, int round)
    {
        var source = await host.TableAsync("Sessions");
        var target = await host.BareTableAsync("baresessions");
        var batches = new List<List<TableTransactionAction>>();
        for (var month = 1; month <= 3; month++)
        {
            var partition = string.Create(CultureInfo.InvariantCulture, $"import0|2027-{month:D2}");
            var rows = await source.QueryAsync<TableEntity>(r => r.PartitionKey == partition).Select(
                r => Copy(r, $"bare{round}|2027-{month:D2}")).ToListAsync();
            batches.AddRange(
                rows.Chunk(BatchSize).Select(c => c.Select(r => new TableTransactionAction(TableTransactionActionType.Add, r)).ToList()));
        }

        var total = batches.Sum(b => b.Count);
        if (total != Rows)
        {
            throw new InvalidOperationException(
                $"The import wrote {total} of {Rows} rows: this benchmark measures something else than it says.");
        }

        var rate = await BenchHost.RateAsync(
            batches, AtOnce, async (batch, cancellation) => await target.SubmitTransactionAsync(batch, cancellation));
        return rate * total / batches.Count;
    }

    private static TableEntity Copy(TableEntity row, string partition)
    {
        var copy = new TableEntity(partition, row.RowKey);
        foreach (var (name, value) in row.Where(p => p.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")))
        {
            copy[name] = value;
        }

        return copy;
    }

    /// <summary>100 groups, 60 mornings from January to March 2027: one Session a row.</summary>
    private static string Planning()
    {
        var text = new StringBuilder("seance_ref;action_ref;date;debut;fin;groupe;formateur_ref;module;site;salle;modalite\n");
        var day = new DateOnly(2027, 1, 4);
        for (var written = 0; written < Rows; day = day.AddDays(day.DayOfWeek == DayOfWeek.Friday ? 3 : 1))
        {
            for (var group = 0; group < 100 && written < Rows; group++, written++)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"R-{day:yyMMdd}-G{group};A1;{day:dd/MM/yyyy};09:00;12:30;G{group};F{group};Communication;Toulouse;Salle {group};P\n");
            }
        }

        return text.ToString();
    }

    private static async Task SendAsync(BenchHost host, string organisation, string csv)
    {
        using var content = new StringContent(csv, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/csv; charset=utf-8");
        using var response = await host.Operator.PostAsync($"/api/organisations/{organisation}/imports", content);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"The import answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }
    }
}
