using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.People;

internal static class PeopleServices
{
    internal static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<OrganisationsTable>()
        .AddSingleton<OrganisationSettings>()
        .AddSingleton<Organisations.OrganisationAdmin>()
        .AddSingleton<TrainingsTable>()
        .AddSingleton<TrainersTable>()
        .AddSingleton<LearnersTable>()
        .AddSingleton<EnrolmentsTable>()
        .AddSingleton<Listing.TrainingSettings>();
}
