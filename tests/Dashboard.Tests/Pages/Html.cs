using System.Xml.Linq;

namespace Sweeps.Dashboard.Tests.Pages;

/// <summary>Looking around in a page.</summary>
internal static class Html
{
    public static IEnumerable<XElement> All(this XElement page, string name) => page.DescendantsAndSelf().Where(element => element.Name.LocalName == name);

    public static XElement WithId(this XElement page, string id) =>
        Assert.Single(page.DescendantsAndSelf(), element => (string?)element.Attribute("id") == id);

    public static XElement? Link(this XElement page, string address) =>
        page.All("a").FirstOrDefault(link => (string?)link.Attribute("href") == address);

    /// <summary>The text as one reads it: on one line.</summary>
    public static string Text(this XElement element) => string.Join(' ', element.Value.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    public static string[] Buttons(this XElement page) => [.. page.All("button").Where(button => button.Attribute("hidden") is null).Select(Text)];

    /// <summary>Words of the rows of a table.</summary>
    public static string[][] Rows(this XElement table) =>
        [.. table.All("tbody").SelectMany(body => body.All("tr")).Select(row => row.Elements().Select(Text).ToArray())];

    public static string? Chosen(this XElement page, string select) =>
        (string?)page.WithId(select).All("option").SingleOrDefault(option => option.Attribute("selected") is not null)?.Attribute("value");
}
