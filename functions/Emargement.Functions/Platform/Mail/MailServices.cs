using Azure.Communication.Email;
using Azure.Identity;
using Emargement.Functions.Platform.Mail.Senders;
using Emargement.Functions.Platform.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Mail;

internal static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<MailOptions>(configuration);
        services.AddSingleton<MailsTable>();
        services.AddSingleton<MailQueue>();
        services.AddSingleton<MailDelivery>();
        services.AddSingleton<ReserveMailTurns>();
        services.AddSingleton<SendMailLot>();
        services.AddSingleton<SendAtOnce>();
        services.AddSingleton<IMailSender>(Sender);
        return services;
    }

    private static IMailSender Sender(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<MailOptions>>().Value;
        return options switch
        {
            { Endpoint: { } endpoint } => ActivatorUtilities.CreateInstance<AzureMailSender>(
                provider, new EmailClient(endpoint, new DefaultAzureCredential())),
            { SmtpHost: { Length: > 0 } } => ActivatorUtilities.CreateInstance<SmtpMailSender>(provider),
            _ => ActivatorUtilities.CreateInstance<MailboxSender>(provider),
        };
    }
}
