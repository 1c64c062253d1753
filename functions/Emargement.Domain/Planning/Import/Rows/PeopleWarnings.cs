using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import.Rows;

/// <summary>Reports what a file of learners says that may be a mistake: enrolments that meet, and people who may be one person.</summary>
public sealed class PeopleWarnings(ImportJournal journal, LearnerRows file)
{
    /// <summary>A learner in two groups of one training at the same time. The minutes of a person never count twice, so one of the two is
    /// to be ended.</summary>
    /// <param name="after">Everybody's enrolments, as they are once the import is written.</param>
    public void OfEnrolments(IReadOnlyCollection<Enrolment> after)
    {
        foreach (var ofTraining in after.GroupBy(e => (e.LearnerRef, e.TrainingRef)).Where(g => g.Skip(1).Any()))
        {
            var inOrder = ofTraining.OrderBy(e => file.LineOf(KeyOf(e))).ToList();
            foreach (var (index, later) in inOrder.Index().Where(e => file.LineOf(KeyOf(e.Item)) > 0))
            {
                if (inOrder.Take(index).FirstOrDefault(e => e.MeetsAnyOf(later)) is { } earlier)
                {
                    Warn(earlier, later);
                }
            }
        }
    }

    /// <summary>New or renamed learners who bear the name of somebody else.</summary>
    /// <param name="changed">Learners of the file whom the import creates or changes.</param>
    /// <param name="all">Everybody, as they are once the import is written.</param>
    public void OfNames(IReadOnlySet<Reference> changed, IEnumerable<Learner> all)
    {
        if (changed.Count == 0)
        {
            return;
        }

        foreach (var namesakes in all.GroupBy(l => ImportColumns.Normalise($"{l.LastName} {l.FirstName}")).Where(g => g.Skip(1).Any()))
        {
            var inOrder = namesakes.OrderBy(l => changed.Contains(l.Ref) ? file.LineOf(l.Ref) : 0).ToList();
            foreach (var (index, learner) in inOrder.Index().Where(l => l.Index > 0 && changed.Contains(l.Item.Ref)))
            {
                var twin = inOrder.Take(index).FirstOrDefault(l => l.BirthDate == learner.BirthDate && l.BirthDate is not null);
                var other = (twin ?? inOrder[0]).Ref.Value;
                var (code, sentence) = twin is null
                    ? (ImportCode.SameName, ImportSentences.SameName(other))
                    : (ImportCode.SamePerson, ImportSentences.SamePerson(other));
                journal.Warn(ImportKind.Learners, file.LineOf(learner.Ref), learner.Ref.Value, code, sentence);
            }
        }
    }

    private void Warn(Enrolment earlier, Enrolment later)
    {
        var line = file.LineOf(KeyOf(later));
        var (code, sentence) = file.LineOf(KeyOf(earlier)) == 0
            ? (ImportCode.EnrolmentLeftOpen, ImportSentences.EnrolmentLeftOpen(earlier.Group, later.Group))
            : (ImportCode.LearnerOverlap, ImportSentences.TwoGroups(earlier.Group, later.Group));
        journal.Warn(ImportKind.Learners, line, later.LearnerRef.Value, code, sentence);
    }

    private static EnrolmentKey KeyOf(Enrolment e) => new(e.LearnerRef, e.TrainingRef, e.Group);
}
