using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning;

/// <summary>
/// What a month of the stored planning may hold: enough to tell that a file which plans other months has nothing to look for in it. It only
/// grows, so that what has left the month costs a look and nothing else.
/// </summary>
public sealed class MonthContent
{
    /// <summary>Marks that are kept, each of four bytes; a month with more of them is always read.</summary>
    public const int MostMarks = 16_000;

    private readonly HashSet<int> _marks = [];
    private readonly HashSet<Reference> _inCompany = [];

    /// <summary>Of a month of which nothing is known yet.</summary>
    public MonthContent() => HasGrown = true;

    /// <summary>As kept.</summary>
    public MonthContent(IEnumerable<int> marks, IEnumerable<Reference> inCompany, bool full)
    {
        _marks.UnionWith(marks);
        _inCompany.UnionWith(inCompany);
        IsFull = full;
    }

    /// <summary>Marks of the references of its Sessions and of their slots.</summary>
    public IReadOnlyCollection<int> Marks => _marks;

    /// <summary>Trainings with days in companies.</summary>
    public IReadOnlyCollection<Reference> InCompany => _inCompany;

    /// <summary>It has more references than are kept.</summary>
    public bool IsFull { get; private set; }

    /// <summary>It says more than what is kept.</summary>
    public bool HasGrown { get; private set; }

    /// <summary>The same for the same reference, and seldom for another.</summary>
    public static int Mark(Reference reference)
    {
        // FNV-1a: no secret is in it, and two references of one mark cost a look.
        var mark = 2_166_136_261;
        foreach (var letter in reference.Value)
        {
            mark = unchecked((mark ^ letter) * 16_777_619);
        }

        return unchecked((int)mark);
    }

    public void Add(Session session) => Add(session.Id.Reference, session.SlotRef, session.TrainingRef, session.Modality);

    public void Add(PlannedSession session) => Add(session.Ref, session.SlotRef, session.TrainingRef, session.Modality);

    /// <summary>Takes in what another has found of the same month.</summary>
    public void Add(MonthContent other)
    {
        AddMarks(other._marks);
        HasGrown |= other.IsFull && !IsFull;
        IsFull |= other.IsFull;
        foreach (var training in other._inCompany)
        {
            HasGrown |= _inCompany.Add(training);
        }
    }

    /// <summary>Whether any of these Sessions, or a day in a company of these trainings, may be in it.</summary>
    /// <param name="marks">Of references of Sessions and slots.</param>
    public bool MayHold(IReadOnlySet<int> marks, IReadOnlySet<Reference> trainings) =>
        (marks.Count > 0 && (IsFull || marks.Overlaps(_marks))) || trainings.Overlaps(_inCompany);

    private void Add(Reference session, Reference slot, Reference training, Modality modality)
    {
        AddMarks([Mark(session), Mark(slot)]);
        if (modality == Modality.Company)
        {
            HasGrown |= _inCompany.Add(training);
        }
    }

    private void AddMarks(IEnumerable<int> marks)
    {
        foreach (var mark in marks)
        {
            HasGrown |= !IsFull && _marks.Add(mark);
        }

        if (_marks.Count > MostMarks)
        {
            _marks.Clear();
            IsFull = true;
        }
    }
}
