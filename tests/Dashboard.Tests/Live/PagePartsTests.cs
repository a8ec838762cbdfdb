using System.Text;
using Sweeps.Dashboard.Live;

namespace Sweeps.Dashboard.Tests.Live;

public sealed class PagePartsTests
{
    private static PagePart Part(string name, string text) => new(PagePart.Fragment, name, text);

    [Fact]
    public void Only_what_differs_is_told_again_and_everything_to_newcomers()
    {
        var parts = new PageParts();
        parts.Tell([Part("a", "<p>1</p>"), Part("b", "<p>1</p>")]);

        var news = parts.Tell([Part("a", "<p>1</p>"), Part("b", "<p>2</p>")]);

        Assert.Equal("event: fragment\ndata: b\ndata: <p>2</p>\n\n", Encoding.UTF8.GetString(news.Changed.Span));
        Assert.Equal("event: fragment\ndata: a\ndata: <p>1</p>\n\nevent: fragment\ndata: b\ndata: <p>2</p>\n\n", Encoding.UTF8.GetString(news.All.Span));
        Assert.Equal(1, news.Number);
    }

    [Fact]
    public void Where_nothing_differs_a_sign_of_life_is_sent()
    {
        var parts = new PageParts();
        parts.Tell([Part("a", "x")]);

        Assert.Equal(":\n\n", Encoding.UTF8.GetString(parts.Tell([Part("a", "x")]).Changed.Span));
    }

    [Fact]
    public void No_text_can_end_its_event_or_begin_another()
    {
        var news = new PageParts().Tell([Part("a", "one\n\nevent: fragment\rdata: b\r\n<p>")]);

        Assert.Equal("event: fragment\ndata: a\ndata: one\ndata: event: fragment\ndata: data: b\ndata: <p>\n\n", Encoding.UTF8.GetString(news.All.Span));
    }
}
