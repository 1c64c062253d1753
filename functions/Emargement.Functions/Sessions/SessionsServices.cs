using Emargement.Functions.Sessions.Following;
using Emargement.Functions.Sessions.Hand;
using Emargement.Functions.Sessions.Listing;
using Emargement.Functions.Sessions.Marks;
using Emargement.Functions.Sessions.Modes;
using Emargement.Functions.Sessions.Paper;
using Emargement.Functions.Sessions.Unknown;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Sessions;

internal static class SessionsServices
{
    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<SessionsTable>()
        .AddSingleton<OpeningAnnouncer>()
        .AddSingleton<FactsTable>()
        .AddSingleton<MonthMarksTable>()
        .AddSingleton<SessionScenes>()
        .AddSingleton<CountSessions>()
        .AddSingleton<ListSessionsOfDay>()
        .AddSingleton<WatchSession>()
        .AddSingleton<OpenSession>()
        .AddSingleton<MarkLearner>()
        .AddSingleton<CloseSession>()
        .AddSingleton<CorrectAttendance>()
        .AddSingleton<SealStarter>()
        .AddSingleton<ListSessionsBetween>()
        .AddSingleton<HandScenes>()
        .AddSingleton<HandWriter>()
        .AddSingleton<WarnOfEdit>()
        .AddSingleton<CreateSession>()
        .AddSingleton<EditSession>()
        .AddSingleton<CancelSession>()
        .AddSingleton<RestoreSession>()
        .AddSingleton<FollowFile>()
        .AddSingleton<KeepByHand>()
        .AddSingleton<TellOfUnknown>()
        .AddSingleton<SplitSession>()
        .AddSingleton<MergeSessions>()
        .AddSingleton<ChangeRoster>()
        .AddSingleton<TakeOverSession>()
        .AddSingleton<CountersignSession>()
        .AddSingleton<ClosingWriter>()
        .AddSingleton<SheetScans>()
        .AddSingleton<RecordSheet>()
        .AddSingleton<GroupModesTable>()
        .AddSingleton<ListModes>()
        .AddSingleton<ChangeModes>();
}
