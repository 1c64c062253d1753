using Emargement.Functions.People.Listing;
using Emargement.Functions.People.Organisations;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.People;

internal static class PeopleServices
{
    internal static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<OrganisationsTable>()
        .AddSingleton<RegionsTable>()
        .AddSingleton<KnownRegions>()
        .AddSingleton<ChangeRegion>()
        .AddSingleton<OrganisationSettings>()
        .AddSingleton<CreateOrganisation>()
        .AddSingleton<ChangeOrganisation>()
        .AddSingleton<TrainingsTable>()
        .AddSingleton<TrainersTable>()
        .AddSingleton<LearnersTable>()
        .AddSingleton<EnrolmentsTable>()
        .AddSingleton<ChangeTraining>();
}
