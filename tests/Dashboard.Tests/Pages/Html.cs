using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sweeps.Dashboard.Tests.Pages;

/// <summary>Looking around in a page.</summary>
internal static partial class Html
{
    /// <summary>HTML as XML: every element is closed, as it must be, but those that HTML closes by itself.</summary>
    public static XElement Parse(string html) => XDocument.Parse(
        Empty().Replace(Void().Replace(html, "<$1$2/>"), "$1=\"\""), LoadOptions.PreserveWhitespace).Root!;

    public static IEnumerable<XElement> All(this XElement page, string name) => page.DescendantsAndSelf().Where(element => element.Name.LocalName == name);

    public static XElement WithId(this XElement page, string id) =>
        Assert.Single(page.DescendantsAndSelf(), element => (string?)element.Attribute("id") == id);

    public static XElement? Link(this XElement page, string address) =>
        page.All("a").FirstOrDefault(link => (string?)link.Attribute("href") == address);

    /// <summary>The text as one reads it: on one line.</summary>
    public static string Text(this XElement element) => string.Join(' ',
        string.Concat(Words(element)).Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    // A block stands apart from what is before and after it.
    private static IEnumerable<string> Words(XNode node) => node switch
    {
        XText text => [text.Value],
        XElement element when element.Name.LocalName is "a" or "span" or "strong" or "em" or "code" or "sub" or "sup" or "time" => element.Nodes().SelectMany(Words),
        XElement element => [" ", .. element.Nodes().SelectMany(Words), " "],
        _ => [],
    };

    public static string[] Buttons(this XElement page) => [.. page.All("button").Where(button => button.Attribute("hidden") is null).Select(Text)];

    /// <summary>Words of the rows of a table.</summary>
    public static string[][] Rows(this XElement table) =>
        [.. table.All("tbody").SelectMany(body => body.All("tr")).Select(row => row.Elements().Select(Text).ToArray())];

    public static string? Chosen(this XElement page, string select) =>
        (string?)page.WithId(select).All("option").SingleOrDefault(option => option.Attribute("selected") is not null)?.Attribute("value");

    [GeneratedRegex("<(meta|link|input|img|br|hr)\\b([^>]*?)/?>")]
    private static partial Regex Void();

    [GeneratedRegex("(?<=<img [^>]*)(\\salt)(?=[ />])")]
    private static partial Regex Empty();
}
