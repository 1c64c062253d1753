using System.Net;
using Emargement.Functions.Platform.Access;
using Emargement.Tests.Platform.Access;
using static Emargement.Tests.Accounts.Factors.SecondStepScene;

namespace Emargement.Tests.Accounts.Factors;

/// <summary>Nothing of a manager's opens with one factor (OWASP ASVS 5.0, 6.3.3): every function is asked, new ones too.</summary>
public sealed class OneFactorTests(SecondStepScene scene) : IClassFixture<SecondStepScene>
{
    [Fact]
    public void V6_3_3_These_functions_alone_are_open_to_one_factor() => HttpFunctions.All
        .Where(f => AccessRule.Of(f.Name, f.Method).Callers is { } callers && callers.HasFlag(Callers.OneFactor))
        .Select(f => f.Name)
        .ShouldBe(
            [
                "Me", "SignOut", "OfferSecondStep", "SetUpSecondStep", "TakeSecondStep", "ShowSecondStepPage", "TakeSecondStepOnPage",
                "ShowOfficerSecondStepPage", "TakeOfficerSecondStepOnPage",
            ],
            ignoreOrder: true);

    [Fact]
    public async Task V6_3_3_Every_manager_function_refuses_a_session_of_one_factor()
    {
        var (client, _) = await scene.HalfwayAsync(await scene.NewManagerAsync());
        var asked = 0;
        foreach (var (name, method, trigger) in HttpFunctions.All)
        {
            var rule = AccessRule.Of(name, method);
            if (rule.Callers is not { } callers || !callers.HasFlag(Callers.Manager) || callers.HasFlag(Callers.OneFactor))
            {
                continue;
            }

            var path = HttpFunctions.Path(trigger.Route!);
            using var request = new HttpRequestMessage(new HttpMethod(trigger.Methods![0].ToUpperInvariant()), path);
            using var answer = await client.SendAsync(request, Cancellation);
            if (rule.IsPage)
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, name);
                var back = Uri.EscapeDataString(HttpFunctions.Path(rule.Page?.Of ?? trigger.Route!));
                answer.Headers.Location!.OriginalString.ShouldBe($"/o/{Organisation}/second-step?back={back}", name);
            }
            else
            {
                (await AccessHost.CodeAsync(answer)).ShouldBe("second-step-missing", name);
            }

            asked++;
        }

        asked.ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task The_second_step_is_awaited_for_half_an_hour_and_signing_out_ends_it()
    {
        var manager = await scene.NewManagerAsync();
        var (client, _) = await scene.HalfwayAsync(manager);
        var (left, _) = await scene.HalfwayAsync(manager);
        (await left.PostAsync($"{Api}/sign-out", null, Cancellation)).EnsureSuccessStatusCode();
        (await DoorAsync(left)).ShouldBe("not-signed-in");
        scene.Host.Time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        (await DoorAsync(client)).ShouldBe("second-step-missing");
        scene.Host.Time.Advance(TimeSpan.FromSeconds(1));
        (await DoorAsync(client)).ShouldBe("not-signed-in");
    }
}
