using System.Web;
using OtpNet;

namespace Emargement.Journeys.Platform;

/// <summary>A person's authenticator app.</summary>
public static class Tokens
{
    public static string Code(string otpauth, DateTimeOffset now)
    {
        var query = HttpUtility.ParseQueryString(new Uri(otpauth).Query);
        return new Totp(Base32Encoding.ToBytes(query["secret"])).ComputeTotp(now.UtcDateTime);
    }
}
