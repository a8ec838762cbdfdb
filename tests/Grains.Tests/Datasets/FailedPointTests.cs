using Sweeps.Grains.Datasets;

namespace Sweeps.Grains.Tests.Datasets;

public class FailedPointTests
{
    private const string Good = """{"point":7,"keys":{"drift":"0.5"},"error":"NotFinite","cause":"a score is not finite"}""";

    [Fact]
    public void A_line_is_a_failed_point()
    {
        var point = Assert.Single(Read(Good));
        Assert.Equal((7, "NotFinite", "a score is not finite"), (point.Point, point.Error, point.Cause));
        Assert.Equal([KeyValuePair.Create("drift", "0.5")], point.Keys);
    }

    [Theory]
    [InlineData("""{"point":7,"keys":{"drift":"0.5"},"error":null,"cause":"c"}""")]
    [InlineData("""{"point":7,"keys":{"drift":"0.5"},"error":"e","cause":null}""")]
    [InlineData("""{"point":7,"keys":{"drift":null},"error":"e","cause":"c"}""")]
    [InlineData("""{"point":"7","keys":{},"error":"e","cause":"c"}""")]
    [InlineData("""{"point":7,"keys":{},"error":"e"}""")]
    [InlineData("""{"point":7,"keys":""")]
    [InlineData("[]")]
    public void A_damaged_line_is_named(string line)
    {
        var damaged = Assert.Throws<DatasetException>(() => Read(Good + "\n" + line + "\n"));
        Assert.Contains("is damaged at line 2: ", damaged.Message, StringComparison.Ordinal);
    }

    private static FailedPoint[] Read(string text)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return [.. FailedPoint.Read(path)];
        }
        finally
        {
            File.Delete(path);
        }
    }
}
