using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

public sealed record ChoosePasswordBody(string Password);

/// <param name="SignInUrl">Where to go next.</param>
public sealed record PasswordChosen(string Organisation, string Account, string Name, string SignInUrl);

/// <summary>Ends an activation: the password chosen behind the link. Opening the link changes nothing; this does.</summary>
public sealed class ChoosePassword(Activations activations)
{
    [Function("ChoosePassword")]
    [Public("The secret in the address is the proof; it has 128 bits and is used once.", PerMinute = 60)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/activations/{secret}")] HttpRequest request, string secret, CancellationToken cancellation)
    {
        var body = await request.ReadBodyAsync<ChoosePasswordBody>(cancellation);
        if (!body.IsOk)
        {
            return Problem.From(body.Refusal);
        }

        var chosen = await activations.ChooseAsync(secret, body.Value.Password, cancellation);
        return chosen.ToHttp(c => ApiJson.Ok(new PasswordChosen(
            c.Link.Organisation.Value, c.Account.Id.Key, c.Account.DisplayName, $"/o/{c.Link.Organisation}")));
    }
}
