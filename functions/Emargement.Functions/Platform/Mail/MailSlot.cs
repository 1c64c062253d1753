using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Platform.Mail;

/// <summary>
/// The place of one mail: a person gets at most one mail in a slot, whatever is retried.
/// Says no address, so that it may stand in a history or a log.
/// </summary>
/// <param name="Subject">What it is about: the text of a Session's id, <c>accounts</c>, …</param>
/// <param name="Slot">Which mail of that subject: <c>link</c>, <c>reminder-1</c>, …</param>
/// <param name="Person">Key of the person: <c>Reference.Key</c> or <c>AccountId.Key</c>.</param>
public sealed record MailSlot(OrganisationId Organisation, string Subject, string Slot, string Person)
{
    public string Partition => $"{Organisation}|{Subject}";

    public string Row => $"{Slot}|{Person}";

    /// <summary>The same slot is the same operation for the provider, which drops a repeat.</summary>
    public Guid OperationId => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{Partition}\n{Row}")).AsSpan(0, 16));

    /// <exception cref="FormatException">The keys are not those of a slot.</exception>
    public static MailSlot Parse(string partition, string row) =>
        partition.Split('|', 2) is [var organisation, var subject] && row.Split('|', 2) is [var slot, var person]
            ? new MailSlot(OrganisationId.ParseHolder(organisation), subject, slot, person)
            : throw new FormatException($"{partition} {row} is not the place of a mail.");
}
