using System.Globalization;
using System.Text;

namespace Emargement.Tests.Platform.Access;

/// <summary>Writes docs/access.md from what every function answered to everybody.</summary>
internal static class AccessDocument
{
    private static readonly string[] Columns =
    [
        "nobody", "learner", "other learner", "trainer", "other trainer", "manager", "one factor", "device", "officer",
        "officer who reads", "machine", "Région", "operator",
    ];

    private const string Head =
        """
        # Who may call what

        This page is written by the test `AccessMatrixTests`, which calls every function over HTTP as everybody. It fails when an answer
        differs from this page; `EMARGEMENT_WRITE_ACCESS=1` writes the page again, and the difference is then read by a person.

        Every function declares one rule beside its name: `[Access(callers, Right = …)]`, or `[Public("why")]`. One middleware holds it;
        use cases only check whose a thing is within an organisation.

        | caller | who it is |
        |---|---|
        | nobody | a call without credentials |
        | learner, other learner | signed in; to the second, neither the session nor the placement is anything |
        | trainer, other trainer | signed in; the session, its learners and their placements are the first one's |
        | manager | of the organisation |
        | one factor | that manager, who has given the password and not yet the second factor |
        | device | a device that the trainer handed round for this one session |
        | officer | of the Région, who leads; one who handles may all but what is for those who lead |
        | officer who reads | of the Région, who only sees; 403 where more is asked for |
        | machine | a key of the organisation with every right; with another right than the one named, 403 |
        | Région | a key of the Région: what its officers see, they see through it |
        | operator | whoever runs the service; has no learner and opens no session |
        | elsewhere | each of these of another organisation that uses the same references, or of another Région |

        `yes` the function answered · `401` not signed in · `403` not for this caller · `404` as if there were nothing · `sign in` a page
        that leads to the sign-in of the organisation in the address · `yes*` let in, but there is nothing at the address that the test
        asks for · `–` the address names no organisation.

        """;

    public static string Write(IReadOnlyList<MatrixRow> rows)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var group in rows.GroupBy(r => r.Capability).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {group.Key}\n\n");
            text.Append("| function | address | " + string.Join(" | ", Columns) + " | elsewhere | right | a minute |\n");
            text.Append("|---|---|" + string.Concat(Enumerable.Repeat("---|", Columns.Length + 3)) + "\n");
            foreach (var row in group)
            {
                var cells = Columns.Select(c => Cell(row.Answers[c]));
                var elsewhere = row.Elsewhere.Count == 0 ? "–" : string.Join(", ", row.Elsewhere.Select(Cell));
                text.Append("| " + row.Function + " | " + row.Verb + " `/" + row.Route + "` | " + string.Join(" | ", cells));
                text.Append(CultureInfo.InvariantCulture, $" | {elsewhere} ");
                text.Append(CultureInfo.InvariantCulture, $"| {row.Rule.Right} | {row.Rule.PerMinute} |\n");
            }
        }

        text.Append("\n## Why some are open to everybody\n\n| function | reason |\n|---|---|\n");
        foreach (var row in rows.Where(r => r.Because is not null).OrderBy(r => r.Function, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Function} | {row.Because} |\n");
        }

        return text.ToString();
    }

    private static string Cell(string answer) => answer == AccessMatrix.NothingThere ? "yes*" : answer;
}
