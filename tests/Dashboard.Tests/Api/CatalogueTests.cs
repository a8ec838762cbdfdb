using System.Net;
using System.Text.Json;
using Sweeps.Dashboard.Datasets;

namespace Sweeps.Dashboard.Tests.Api;

public sealed class CatalogueTests
{
    [Fact]
    public async Task Experiments_have_keys_measures_quantities_and_observables()
    {
        await using var host = ApiHost.Start();
        var experiment = (await host.JsonAsync("experiments")).GetProperty("experiments")[0];
        Assert.Equal("fake", experiment.GetProperty("name").GetString());
        var keys = experiment.GetProperty("keys");
        Assert.Equal(["slope", "width", "kind"], keys.EnumerateArray().Select(key => key.GetProperty("name").GetString()));
        Assert.Equal(["real", "integer", "choice"], keys.EnumerateArray().Select(key => key.GetProperty("kind").GetString()));
        Assert.Equal((4, 1.0, 1e7), (keys[1].GetProperty("default").GetInt32(), keys[1].GetProperty("minimum").GetDouble(), keys[1].GetProperty("maximum").GetDouble()));
        Assert.Equal("flat", keys[2].GetProperty("default").GetString());
        Assert.Equal(JsonValueKind.Null, keys[2].GetProperty("minimum").ValueKind);
        Assert.Equal(["flat", "round"], keys[2].GetProperty("choices").EnumerateArray().Select(word => word.GetString()));
        var height = experiment.GetProperty("measures")[0];
        Assert.True(height.GetProperty("is_default").GetBoolean());
        Assert.Equal("t_height", height.GetProperty("quantities")[0].GetProperty("name").GetString());
        Assert.Equal("rise", height.GetProperty("observables")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Theory_is_keyed_by_quantity_and_null_where_there_is_none()
    {
        await using var host = ApiHost.Start();
        var theory = await host.JsonAsync("theory?slope=1.5&width=3&experiment=fake");
        Assert.Equal((4.5, 1.5), (theory.GetProperty("t_height").GetDouble(), theory.GetProperty("t_sum").GetDouble()));
        Assert.Equal(JsonValueKind.Null, (await host.JsonAsync("theory?slope=0")).GetProperty("t_height").ValueKind);
    }

    [Fact]
    public void Ranges_of_a_point_are_refused_before_they_are_made_into_values()
    {
        const string Range = "{from: 1, to: 1000, count: 1000000}";
        _ = TheoryPoint.Read("fake", [$"slope={Range}"], ApiHost.Catalogue); // what is made once is made here
        long before = GC.GetAllocatedBytesForCurrentThread();
        var reading = TheoryPoint.Read("fake", [$"slope={Range}", $"width={Range}"], ApiHost.Catalogue);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Equal(2, reading.Mistakes.Length);
    }

    [Theory]
    [InlineData("slop=1", "fake has no key 'slop'; did you mean 'slope'?")]
    [InlineData("slope=steep", "slope is 'steep', not a number")]
    [InlineData("slope=NaN", "slope")]
    [InlineData("slope=1e999", "slope")]
    [InlineData("slope=1&slope=2", "slope stands there 2 times; name it once")]
    [InlineData("slope=[1,2]", "slope has 2 values; give one")]
    [InlineData("slope={from: 0, to: 1, count: 1000000}", "slope has a range; give one value")]
    [InlineData("slope=", "slope has no value")]
    [InlineData("experiment=real", "there is no experiment 'real'")]
    [InlineData("seed=1&name=x&times=[1]", "fake has no key 'name'")]
    [InlineData("slope=*a", "is an alias")]
    [InlineData("width=666", "no width is 666; choose another")]
    public async Task A_wrong_point_is_refused_in_the_words_of_the_command(string query, string sentence)
    {
        await using var host = ApiHost.Start();
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.BadRequest, await host.GetAsync($"theory?{query}"));
        Assert.Contains(sentence, problem.Detail, StringComparison.Ordinal);
    }
}
