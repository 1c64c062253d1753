using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.People;

/// <summary>What a person changes of a learner; members left out stay, an empty text takes the value away.</summary>
/// <param name="BirthDate">As yyyy-MM-dd.</param>
/// <param name="Language">Two letters, or the French name of a language.</param>
/// <param name="Follow">Fields kept by hand that files may set again, by the names of these members.</param>
public sealed record LearnerPatch(
    string? LastName = null,
    string? FirstName = null,
    string? Title = null,
    string? BirthDate = null,
    string? Email = null,
    string? Phone = null,
    string? Language = null,
    IReadOnlyList<string>? Follow = null)
{
    /// <returns>The learner as asked for, with what is kept from now on; or what is wrong with a value.</returns>
    internal Result<Learner> ApplyTo(Learner stored)
    {
        var (last, first) = (PersonTexts.Name(LastName, stored.LastName), PersonTexts.Name(FirstName, stored.FirstName));
        var (title, phone) = (PersonTexts.Text(Title, stored.Title), PersonTexts.Text(Phone, stored.Phone));
        var (birth, email) = (PersonTexts.Day(BirthDate, stored.BirthDate), PersonTexts.Email(Email, stored.Email));
        var language = PersonTexts.Language(Language, stored.Language);
        if ((last.Refusal ?? first.Refusal ?? title.Refusal ?? phone.Refusal ?? birth.Refusal ?? email.Refusal ?? language.Refusal)
            is { } refusal)
        {
            return refusal;
        }

        var asked = stored with
        {
            LastName = last.Value!,
            FirstName = first.Value!,
            Title = title.Value,
            BirthDate = birth.Value,
            Email = email.Value,
            Phone = phone.Value,
            Language = language.Value!,
        };
        return PersonFields.OfLearner.ByHand(stored, asked, Follow ?? []);
    }
}

/// <summary>What a person changes of a trainer, as of a learner.</summary>
public sealed record TrainerPatch(
    string? LastName = null, string? FirstName = null, string? Email = null, IReadOnlyList<string>? Follow = null)
{
    /// <returns>The trainer as asked for, with what is kept from now on; or what is wrong with a value.</returns>
    internal Result<Trainer> ApplyTo(Trainer stored)
    {
        var (last, first) = (PersonTexts.Name(LastName, stored.LastName), PersonTexts.Name(FirstName, stored.FirstName));
        var email = PersonTexts.Email(Email, stored.Email);
        return (last.Refusal ?? first.Refusal ?? email.Refusal) is { } refusal
            ? refusal
            : PersonFields.OfTrainer.ByHand(
                stored, stored with { LastName = last.Value!, FirstName = first.Value!, Email = email.Value }, Follow ?? []);
    }
}
