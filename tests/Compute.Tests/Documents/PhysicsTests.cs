using System.Text.RegularExpressions;

namespace Sweeps.Compute.Tests.Documents;

/// <summary>Compute/physics.md, which comments cite by section.</summary>
public partial class PhysicsTests
{
    [Fact]
    public void Every_section_that_a_comment_cites_is_there()
    {
        string text = File.ReadAllText(Checkout.Path("Compute/physics.md"));
        string[] sections = [.. Heading().Matches(text).Select(match => match.Groups[1].Value)];
        var cited =
            from folder in new[] { "Compute", "tests/Compute.Tests" }
            from file in Directory.EnumerateFiles(Checkout.Path(folder), "*.c*", SearchOption.AllDirectories)
            where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
            from Match citation in Citation().Matches(File.ReadAllText(file))
            from Match section in Number().Matches(citation.Value)
            select (file, section.Value);
        Assert.NotEmpty(cited);
        Assert.All(cited, one => Assert.Contains(one.Value, sections));
    }

    [GeneratedRegex(@"^## (\d)\.", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"physics §\d(–\d|, §\d)*")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\d")]
    private static partial Regex Number();
}
