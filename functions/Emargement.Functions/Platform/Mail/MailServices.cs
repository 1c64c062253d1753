using Azure.Communication.Email;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Platform.Mail;

internal static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(MailOptions.Section);
        services.AddOptions<MailOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<MailsTable>();
        services.AddSingleton<MailQueue>();
        services.AddSingleton<MailDelivery>();
        var options = section.Get<MailOptions>() ?? new MailOptions();
        if (options.Endpoint is { } endpoint)
        {
            services.AddSingleton(new EmailClient(endpoint, new DefaultAzureCredential()));
            services.AddSingleton<IMailSender, AzureMailSender>();
        }
        else if (!string.IsNullOrEmpty(options.SmtpHost))
        {
            services.AddSingleton<IMailSender, SmtpMailSender>();
        }
        else
        {
            services.AddSingleton<IMailSender, MailboxSender>();
        }

        return services;
    }
}
