using Emargement.Web.Platform;
using Microsoft.Playwright;

namespace Emargement.Tests.Web;

/// <summary>Walks every page of the gallery. With <c>EMARGEMENT_PICTURES</c> naming a folder, also takes their pictures there.</summary>
public sealed class GalleryTests
{
    public static TheoryData<string, string, bool, bool> Views()
    {
        var views = new TheoryData<string, string, bool, bool>();
        foreach (var name in GalleryPages.All.Keys)
        {
            views.Add(name, "fr", true, false);
            views.Add(name, "en", false, true);
        }

        return views;
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_page_passes_axe_and_fits_its_screen(string name, string language, bool phone, bool dark)
    {
        var html = await GalleryPages.HtmlAsync(name, Texts.For(language));
        await using var screen = await Screen.OpenAsync(html, phone ? 390 : 1280, phone ? 740 : 800, dark);

        await Gestures.PictureAsync(screen.Page, $"{name}-{language}-{(phone ? "phone" : "desk")}-{(dark ? "dark" : "light")}");
        (await screen.AxeAsync()).ShouldBeEmpty();
        (await screen.Page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, "it scrolls sideways");
        screen.Faults.ShouldBeEmpty();
    }

    public static TheoryData<string> PagesOnPhones() =>
        [.. GalleryPages.All.Keys.Where(
            name => !name.StartsWith("session-", StringComparison.Ordinal) && !name.StartsWith("today", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(PagesOnPhones))]
    public async Task The_words_of_every_language_fit_a_phone(string name)
    {
        await using var screen = await Screen.OpenAsync("", 390, 740);
        foreach (var texts in Texts.Languages.Select(Texts.For))
        {
            await screen.ShowAsync(await GalleryPages.HtmlAsync(name, texts));

            await Gestures.PictureAsync(screen.Page, $"{name}-{texts.Language}");
            var words = await screen.WordsAsync();
            words.Width.ShouldBe(390, $"it scrolls sideways in {texts.Language}");
            words.Cut.ShouldBeEmpty(texts.Language);
            words.Language.ShouldBe(texts.Tag);
        }
    }

    [Theory]
    [InlineData("sign")]
    [InlineData("sign", "[data-pad-switch]")]
    [InlineData("sign", "#sign [type=submit]")]
    [InlineData("sign-no-drawing")]
    [InlineData("sign-done")]
    [InlineData("sign-done-late")]
    public async Task The_three_steps_and_the_tick_need_no_scrolling_on_a_phone(string name, string? touched = null)
    {
        await using var screen = await Screen.OpenAsync("", 390, 740);
        foreach (var texts in Texts.Languages.Select(Texts.For))
        {
            await screen.ShowAsync(await GalleryPages.HtmlAsync(name, texts));
            if (touched is not null)
            {
                await screen.Page.Locator(touched).First.ClickAsync();
            }

            await Gestures.PictureAsync(screen.Page, $"{name}-{(touched is null ? "steps" : touched.Length.ToString())}-{texts.Language}");
            (await screen.Page.EvaluateAsync<int>("document.documentElement.scrollHeight")).ShouldBeLessThanOrEqualTo(740, texts.Language);
        }
    }

    [Fact]
    public async Task The_tutor_decides_in_the_first_screenful_of_a_phone()
    {
        await using var screen = await Screen.OpenAsync(await GalleryPages.HtmlAsync("tutor", Texts.Default), 390, 740);

        var button = (await screen.Page.Locator("[data-submit]").BoundingBoxAsync()).ShouldNotBeNull();
        (button.Y + button.Height).ShouldBeLessThanOrEqualTo(740, "four weeks and the button are seen without scrolling");
    }

    [Theory]
    [InlineData("session-open", "projection", "#project")]
    [InlineData("session-open", "menu", ".person summary")]
    [InlineData("session-open", "late", ".person summary", "[data-mark=late]")]
    [InlineData("session-open", "absent", ".person summary", "[data-mark=absent]")]
    [InlineData("session-open", "links", "[data-dialog=links]", "#links [value=all]")]
    [InlineData("session-open", "codes", "[data-dialog=codes]")]
    [InlineData("session-open", "code-for-one", ".person summary", "[data-code]")]
    [InlineData("password", "code", "#code summary")]
    [InlineData("session-open", "tablet", "[data-dialog=tablet]")]
    [InlineData("session-open", "close", "[data-dialog=close]")]
    [InlineData("session-open", "close-typed", "[data-dialog=close]", "#close [data-pad-switch]", "#close [type=submit]")]
    [InlineData("sign", "nothing-drawn", "#sign [type=submit]")]
    [InlineData("sign", "typed", "[data-pad-switch]")]
    [InlineData("sign-in", "empty", "[type=submit]")]
    [InlineData("second-step", "empty", "[type=submit]")]
    [InlineData("second-step", "lost", "details summary")]
    [InlineData("enrol", "typed", "details:not(.menu) summary")]
    [InlineData("account-second-step", "renew", "#renew summary")]
    [InlineData("account-second-step", "passkey", "#passkey summary", "#passkey [type=submit]")]
    [InlineData("account-second-step", "passkey-remove", "#remove-ab12cd34ef summary")]
    [InlineData("account-second-step", "remove", "#remove summary", "#remove [type=submit]")]
    [InlineData("learner", "token", "details.card summary")]
    [InlineData("tablet", "leave", "#give-back")]
    [InlineData("today", "languages", ".masthead summary")]
    [InlineData("placement", "resend", "[data-dialog=resend]")]
    [InlineData("placement", "menu", ".session-side .menu summary")]
    [InlineData("placement", "address", ".session-side .menu summary", "[data-dialog=address]")]
    [InlineData("placement", "dates", "[data-dialog=dates]", "#dates [type=submit]")]
    [InlineData("placement", "days-off", "[data-dialog=days-off]")]
    [InlineData("placement", "next-tutor", "[data-dialog=next-tutor]")]
    [InlineData("placement", "paper", "[data-dialog=paper]")]
    [InlineData("placement", "justify", "[data-dialog=justify]")]
    [InlineData("placement", "week", ".hours-week:nth-child(2) summary")]
    [InlineData("declare", "others", "#declare details summary", "[name=how][value=alone] + span")]
    [InlineData("declare-hours", "absent", "[data-field=absent]")]
    [InlineData("tutor", "dispute", "#dispute summary")]
    [InlineData("tutor", "signing", "[data-submit]")]
    public async Task What_a_touch_opens_passes_axe_too(string name, string state, params string[] touched)
    {
        await using var screen = await Screen.OpenAsync(await GalleryPages.HtmlAsync(name, Texts.Default), 390, 740);
        foreach (var selector in touched)
        {
            await screen.Page.Locator(selector).First.ClickAsync();
        }

        await Gestures.PictureAsync(screen.Page, $"{name}-{state}");
        (await screen.AxeAsync()).ShouldBeEmpty();
        (await screen.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(390, "it scrolls sideways");
    }

    [Theory]
    [InlineData("sign")]
    [InlineData("session-open-30")]
    [InlineData("today-manager")]
    [InlineData("tablet")]
    [InlineData("verify-valid")]
    [InlineData("learner")]
    [InlineData("placement")]
    [InlineData("declare")]
    [InlineData("tutor")]
    [InlineData("new-placement-form")]
    public async Task A_page_fits_in_320_pixels_which_is_also_1280_zoomed_four_times(string name)
    {
        await using var screen = await Screen.OpenAsync(await GalleryPages.HtmlAsync(name, Texts.Default), 320, 256);

        (await screen.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(320);
    }
}
