using Emargement.Domain.People;

namespace Emargement.Web.Reminders;

/// <summary>What the link at the foot of a reminder stops.</summary>
/// <param name="Address">Of the page: its form is sent there.</param>
/// <param name="Stopped">Whether it was just stopped.</param>
public sealed record StopModel(string Address, ReminderKind Kind, bool Stopped);

/// <summary>Of what somebody is reminded.</summary>
/// <param name="Changed">Whether it was just changed.</param>
public sealed record OwnRemindersModel(string Action, IReadOnlyList<OwnReminder> Reminders, bool Changed = false);

/// <param name="Wanted">Whether its reader wants it.</param>
public sealed record OwnReminder(ReminderKind Kind, bool Wanted);
