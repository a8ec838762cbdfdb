using System.Text.Json;
using System.Text.Json.Nodes;
using Sweeps.Grains.Specs;

namespace Sweeps.Grains.Tests.Specs;

public class SpecJsonTests
{
    [Theory]
    [InlineData(SpecText.Example)]
    [InlineData("name: b\nexperiment: gaussian-mixture")]
    [InlineData("name: c\nexperiment: gaussian-mixture\ntimes: []\nseed: -9223372036854775808\n"
        + "axes: { sigma: [1e-300, 1e300, 0.1], direction: [random] }")]
    public void A_spec_comes_back_from_its_json_whole(string text)
    {
        var spec = SpecText.Spec(text);
        var reading = SweepSpec.FromJson(spec.ToJson(), "sweep.json", FakeMixture.Catalogue);
        Assert.True(reading.IsValid, string.Join('\n', reading.Mistakes));
        Assert.Equal(spec.Name, reading.Spec.Name);
        Assert.Equal(spec.Hash, reading.Spec.Hash);
        Assert.Equal(spec.Canonical(), reading.Spec.Canonical());
        Assert.Equal(spec.Axes.Select(axis => axis.Name), reading.Spec.Axes.Select(axis => axis.Name));
        Assert.True(spec.Given.SetEquals(reading.Spec.Given));
        Assert.Equal(spec.ToJson(), reading.Spec.ToJson());
    }

    [Fact]
    public void A_spec_reads_from_within_a_larger_document()
    {
        var spec = SpecText.Spec(SpecText.Example);
        using var document = JsonDocument.Parse($$"""{ "schema": 1, "spec": {{spec.ToJson()}} }""");
        var reading = SweepSpec.FromJson(document.RootElement.GetProperty("spec"), "sweep.json", FakeMixture.Catalogue);
        Assert.Equal(spec.Hash, reading.Spec?.Hash);
    }

    [Theory]
    [InlineData("seed", "8", "the spec does not match its hash")]
    [InlineData("hash", "\"0\"", "the spec does not match its hash")]
    [InlineData("name", "\"../x\"", "'../x' is no name")]
    [InlineData("given", "null", "'given' has nothing")]
    [InlineData("given", "[\"sigma\", \"x\"]", "gaussian-mixture has no key 'x'")]
    [InlineData("fixed", "{}", "sigma has no value")]
    [InlineData("axes", "[1]", "an axis lacks 'name' or 'values'")]
    [InlineData("axes", "[{\"name\": \"sigma\", \"values\": []}]", "the axis sigma has no values")]
    [InlineData("axes", "[{\"name\": \"drift\", \"values\": [1]}, {\"name\": \"drift\", \"values\": [1]}]",
        "the axis drift stands here twice")]
    [InlineData("extra", "1", "a spec has no 'extra'")]
    [InlineData("experiment", "\"lattice\"", "there is no experiment 'lattice'")]
    [InlineData("times", "{\"from\": -1, \"to\": 1, \"count\": 3}", "times is '-1', out of range")]
    public void A_changed_spec_is_refused(string section, string value, string message)
    {
        var json = JsonNode.Parse(SpecText.Spec(SpecText.Example).ToJson())!.AsObject();
        json[section] = JsonNode.Parse(value);
        var reading = SweepSpec.FromJson(json.ToJsonString(), "sweep.json", FakeMixture.Catalogue);
        Assert.Contains(reading.Mistakes, mistake => mistake.Message.StartsWith(message, StringComparison.Ordinal));
        Assert.All(reading.Mistakes, mistake => Assert.Equal("sweep.json", mistake.Source));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"name\":")]
    [InlineData("{\"name\": \"\\ud800\"}")]
    [InlineData("{\"\\ud800\": 1}")]
    [InlineData("\ud800")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void Hostile_json_is_a_mistake(string json) =>
        Assert.NotEmpty(SweepSpec.FromJson(json, "sweep.json", FakeMixture.Catalogue).Mistakes);
}
