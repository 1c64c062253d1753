using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.People;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.People;

namespace Emargement.Functions.Pages.People;

/// <param name="Created">Who was created; null while namesakes wait to be looked at.</param>
public sealed record CreatedByForm(Reference? Created, IReadOnlyList<NamesakeModel> Namesakes);

/// <summary>Creates a learner or a trainer from a form; where somebody bears nearly the same name, only when the form says so.</summary>
public sealed class CreatePersonByForm(CreateLearner learner, CreateTrainer trainer)
{
    public async Task<Result<CreatedByForm>> RunAsync(
        OrganisationId organisation, AccountKind kind, FormFields form, CancellationToken cancellation)
    {
        Reference? reference = null;
        if (form.Text("ref") is { } typed)
        {
            if (!Reference.TryParse(typed, out var given))
            {
                return Refusal.BadInput("reference-invalid");
            }

            reference = given;
        }

        return kind == AccountKind.Trainer
            ? await TrainerAsync(organisation, form, reference, cancellation)
            : await LearnerAsync(organisation, form, reference, cancellation);
    }

    private async Task<Result<CreatedByForm>> TrainerAsync(
        OrganisationId organisation, FormFields form, Reference? reference, CancellationToken cancellation)
    {
        var asked = new NewTrainer(form.Text("lastName") ?? "", form.Text("firstName") ?? "", reference, form.Text("email"));
        if (form.Text("sure") is null && await trainer.NearAsync(organisation, asked, cancellation) is { Count: > 0 } near)
        {
            return new CreatedByForm(null, [.. near.Select(PersonWordsOfPages.Of)]);
        }

        return (await trainer.RunAsync(organisation, asked, cancellation)).Then(t => new CreatedByForm(t.Trainer.Ref, []));
    }

    private async Task<Result<CreatedByForm>> LearnerAsync(
        OrganisationId organisation, FormFields form, Reference? reference, CancellationToken cancellation)
    {
        NewEnrolment? enrolment = null;
        if (form.Text("training") is not null)
        {
            var wanted = PersonForms.Enrolment(form);
            if (!wanted.IsOk)
            {
                return wanted.Refusal;
            }

            enrolment = wanted.Value;
        }

        var asked = new NewLearner(
            form.Text("lastName") ?? "",
            form.Text("firstName") ?? "",
            reference,
            form.Text("title"),
            form.Text("birthDate"),
            form.Text("email"),
            form.Text("phone"),
            form.Text("language"),
            enrolment);
        if (form.Text("sure") is null && await learner.NearAsync(organisation, asked, cancellation) is { Count: > 0 } near)
        {
            return new CreatedByForm(null, [.. near.Select(PersonWordsOfPages.Of)]);
        }

        return (await learner.RunAsync(organisation, asked, cancellation)).Then(l => new CreatedByForm(l.Learner.Ref, []));
    }
}
