using System.Xml.Linq;
using Sweeps.Client.Shell;

namespace Sweeps.Client.Tests.Commands;

public class PlotTests
{
    private static string[] Texts(string svg) =>
        [.. XDocument.Parse(svg).Root!.Descendants().Where(element => element.Name.LocalName is "text" or "title")
            .Select(text => text.Value)];

    [Fact]
    public void A_phase_diagram_has_a_cell_per_point_the_theory_and_the_constant_keys()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);
        string file = session.PathOf("sub/picture.svg");

        Assert.Equal(ExitCode.Done,
            session.Run("plot", folder, "--x", "slope", "--y", "width", "--color", "t_height", "--where", "kind=flat", "-o", file));

        string[] texts = Texts(File.ReadAllText(file));
        Assert.Contains("2, 5: 10.333 ± 0.010 (theory 10)", texts);
        Assert.Contains("0, 2: no crossing in window", texts);
        Assert.Contains("theory", texts);
        Assert.Contains(texts, text => text.Contains("small: kind flat"));
        Assert.Contains($"wrote {file}", session.Error);
        Assert.Empty(session.Out);
    }

    [Fact]
    public void Lines_have_a_series_per_value_and_go_to_standard_output()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);

        Assert.Equal(ExitCode.Done,
            session.Run("plot", folder, "--x", "slope", "--y", "t_height", "--series", "width", "--where", "kind=flat", "--theme", "dark"));

        Assert.Contains("width = 5", Texts(session.Out));
        Assert.Contains("width = 2", Texts(session.Out));
    }

    [Fact]
    public void A_curve_of_a_point_is_drawn_over_time()
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);
        Assert.Equal(ExitCode.Done, session.Run("plot", folder, "--point", "11", "--observable", "rise", "--width", "double"));
        Assert.Contains("time t [OU time]", Texts(session.Out));
        Assert.Contains(Texts(session.Out), text => text.StartsWith("small, point 11: slope 2, width 5, kind round", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--point 99 --observable foo -o picture.png", "-o 'picture.png'", "--point 99", "--observable 'foo'")]
    [InlineData("--x slop --y t_hight --where kind=flut -o picture.png", "-o 'picture.png'", "--where kind=flut", "--x 'slop'", "--y 't_hight'")]
    [InlineData("--point 99 --observable rise --where slope=1", "draw a curve over time; leave out --where", "--point 99")]
    public void All_that_is_wrong_with_a_picture_is_told_at_once(string options, params string[] sentences)
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);

        Assert.Equal(ExitCode.WrongRequest, session.Run(["plot", folder, .. options.Split(' ')]));

        Assert.Equal(sentences.Length, session.Mistakes.Length);
        Assert.All(sentences.Zip(session.Mistakes), each => Assert.Contains(each.First, each.Second));
    }

    [Fact]
    public void A_wrong_folder_hides_no_wrong_file()
    {
        using var session = new Session();
        Assert.Equal(ExitCode.WrongRequest, session.Run("plot", session.PathOf("none"), "--x", "slope", "-o", "picture.png"));
        Assert.Collection(session.Mistakes,
            first => Assert.Equal("-o 'picture.png': pictures are SVG; name a file that ends in .svg", first),
            second => Assert.Contains("holds no sweep", second));
    }

    [Theory]
    [InlineData("--x slope --y width --color t_height", "kind varies; pin it with --where kind=VALUE, one of flat, round")]
    [InlineData("--x slope --y t_height --where kind=flat",
        "width varies; pin it with --where width=VALUE, one of 2, 5, or draw a series")]
    [InlineData("--y width --color t_height", "--x is missing; name an axis: kind, slope, width")]
    [InlineData("--x slope", "--y is missing")]
    [InlineData("--x slop --y t_height", "'slop': the sweep has no such axis; did you mean 'slope'?")]
    [InlineData("--x slope --y width", "--y width is an axis; add --color COLUMN")]
    [InlineData("--x slope --y t_hight", "no such measured column; did you mean 't_height'?")]
    [InlineData("--x slope --y slope --color t_height --where kind=flat", "--x and --y are both slope")]
    [InlineData("--x slope --y width --color device --where kind=flat", "no such measured column; known here: t_height")]
    [InlineData("--point 12 --observable rise", "the sweep has 12 points; name one from 0 to 11")]
    [InlineData("--point 1", "--observable is missing; name one: rise")]
    [InlineData("--point 1 --observable rice", "the sweep has no such curve; did you mean 'rise'?")]
    [InlineData("--point 1 --observable rise --x slope", "leave out --x")]
    [InlineData("--point 1 --observable rise --where slope=1", "leave out --where")]
    [InlineData("--point 1 --observable rise --series width --y t_height", "leave out --y, --series")]
    [InlineData("--observable rise", "--point is missing; name the point")]
    [InlineData("--x slope --y t_height --series width --where kind=flat --observable rise",
        "--observable is for the curve of a point; leave it out")]
    public void What_cannot_be_drawn_is_told_with_a_remedy(string options, string sentence)
    {
        using var session = new Session();
        string folder = SmallSweep.RunIn(session);

        Assert.Equal(ExitCode.WrongRequest, session.Run(["plot", folder, .. options.Split(' ')]));

        Assert.Contains(sentence, Assert.Single(session.Mistakes));
        Assert.Empty(session.Out);
    }
}
