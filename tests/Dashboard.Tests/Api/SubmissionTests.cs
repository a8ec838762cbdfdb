using System.Net;
using System.Text;
using System.Text.Json;
using Sweeps.Fakes;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Tests.Api;

public sealed class SubmissionTests
{
    private const string Json = """{ "name": "drift", "experiment": "fake", "axes": { "slope": { "from": 1, "to": 10, "count": 10 } }, "fixed": { "width": 5000 } }""";

    [Theory]
    [InlineData("application/yaml")]
    [InlineData("application/x-yaml")]
    [InlineData("text/yaml; charset=utf-8")]
    [InlineData("text/plain; charset=\"UTF-8\"")]
    public async Task A_spec_in_yaml_becomes_a_sweep_with_its_address(string type)
    {
        await using var host = ApiHost.Start();

        using var answer = await host.PostAsync("sweeps?priority=-3&lanes=2&only=gpu&set=seed=5&set=kind%3Dround", FakeCluster.SpecText(), type);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("/api/v1/sweeps/drift-1", answer.Headers.Location!.ToString());
        var sweep = Assert.Single(host.Cluster.Sweeps);
        Assert.Equal(new SweepDemands(-3, 2, DeviceDemand.Accelerator), sweep.Demands);
        Assert.Equal(5, sweep.Spec.Seed);
        Assert.Equal("round", sweep.Spec.Fixed["kind"].ToString());
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("drift-1", body.GetProperty("id").GetString());
        Assert.Equal("gpu", body.GetProperty("only").GetString());
    }

    [Fact]
    public async Task A_spec_in_json_as_people_write_it_and_as_the_api_has_it_are_the_same_sweep()
    {
        await using var host = ApiHost.Start();

        using var first = await host.PostAsync("sweeps", Json, "application/json");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        string canonical = (await host.JsonAsync("sweeps/drift-1")).GetProperty("spec").GetRawText();
        using var second = await host.PostAsync("sweeps", canonical, "application/json");

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(host.Cluster.Sweeps[0].Spec.ToJson(), host.Cluster.Sweeps[1].Spec.ToJson());
        Assert.Equal(ApiHost.Spec(FakeCluster.SpecText()).Hash, host.Cluster.Sweeps[0].Spec.Hash);
    }

    [Fact]
    public async Task The_same_key_twice_is_one_sweep_and_no_key_is_one_each()
    {
        await using var host = ApiHost.Start();
        string key = Guid.NewGuid().ToString();
        foreach (int _ in (int[])[1, 2])
        {
            using var answer = await host.PostAsync("sweeps", FakeCluster.SpecText(), "text/yaml", ("Idempotency-Key", key));
            Assert.Equal("/api/v1/sweeps/drift-1", answer.Headers.Location!.ToString());
        }
        Assert.Single(host.Cluster.Sweeps);
        using var other = await host.PostAsync("sweeps", FakeCluster.SpecText());
        Assert.Equal(2, host.Cluster.Sweeps.Count);
    }

    [Theory]
    [InlineData("sweeps")]
    [InlineData("plan")]
    [InlineData("sweeps/drift-1/extend")]
    public async Task Every_mistake_of_a_spec_is_told_at_once_each_with_its_place_and_remedy(string path)
    {
        await using var host = ApiHost.Start();
        host.Cluster.Add("drift-1");
        const string Wrong = "name: bad\nexperiment: fake\nfixed:\n  width: wide\n  slop: 1\ncolour: red\n";

        var problem = await ApiHost.ProblemAsync(
            HttpStatusCode.UnprocessableEntity, await host.PostAsync($"{path}?set=kind=square&set=nothing&x=1", Wrong));

        var mistakes = problem.Mistakes!.Value;
        Assert.Equal(6, mistakes.Length);
        var width = mistakes.Single(mistake => mistake.Key == "width");
        Assert.Equal(("spec", 4, 10), (width.Source, width.Line, width.Column));
        Assert.Equal("width is 'wide', not an integer", width.Message);
        Assert.Equal("write an integer", width.Remedy);
        Assert.Equal("spec:4:10: width is 'wide', not an integer; write an integer", width.Sentence);
        Assert.Equal("did you mean 'slope'?", mistakes.Single(mistake => mistake.Key == "slop").Remedy);
        Assert.Equal("--set kind", mistakes.Single(mistake => mistake.Key == "kind").Source);
        Assert.Contains(mistakes, mistake => mistake.Sentence.StartsWith("set='nothing' is not KEY=VALUE", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.Sentence.StartsWith("there is no parameter 'x'", StringComparison.Ordinal));
        Assert.Single(host.Cluster.Sweeps);
    }

    [Fact]
    public async Task Of_very_many_mistakes_the_first_hundred_are_told_and_how_many_more_there_are()
    {
        await using var host = ApiHost.Start();
        string keys = string.Join(", ", Enumerable.Range(0, 1101).Select(i => $"a{i}: 1"));
        string wrong = $"name: bad\nexperiment: fake\nfixed: {{ {keys} }}\n";

        var problem = await ApiHost.ProblemAsync(HttpStatusCode.UnprocessableEntity, await host.PostAsync("plan", wrong));

        Assert.Equal(101, problem.Mistakes!.Value.Length);
        Assert.Equal("a99", problem.Mistakes.Value[99].Key);
        Assert.Equal("and 1 001 more mistakes", problem.Mistakes.Value[100].Sentence);
        Assert.StartsWith("1101 mistakes: ", problem.Detail, StringComparison.Ordinal);
        Assert.EndsWith(" · and 1 001 more mistakes", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the spec is empty")]
    [InlineData("[1, 2]", "the spec is a list, not keys and values")]
    [InlineData("name: [", "this is not YAML")]
    [InlineData("name: a\nexperiment: fake\naxes: { slope: [NaN, .inf] }", "which is not finite")]
    [InlineData("name: a\nexperiment: fake\naxes: { slope: { from: 0, to: 1, count: 99999999999 } }", "count")]
    [InlineData("name: ../../etc\nexperiment: fake", "name")]
    [InlineData("name: \"a\\0b\"\nexperiment: fake", "name")]
    [InlineData("name: a\nexperiment: \U0001F600", "there is no experiment")]
    [InlineData("name: &a x\nexperiment: *a", "is an anchor")]
    [InlineData("a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]", "is an alias")]
    public async Task A_hostile_spec_ends_in_mistakes(string text, string sentence)
    {
        await using var host = ApiHost.Start();
        foreach (string type in (string[])["application/yaml", "application/json"])
        {
            var problem = await ApiHost.ProblemAsync(HttpStatusCode.UnprocessableEntity, await host.PostAsync("sweeps", text, type));
            Assert.Contains(sentence, problem.Detail, StringComparison.Ordinal);
        }
        Assert.Empty(host.Cluster.Sweeps);
    }

    [Theory]
    [InlineData("application/yaml")]
    [InlineData("application/json")]
    public async Task Deep_nesting_bytes_that_are_no_text_and_an_untrue_hash_are_mistakes(string type)
    {
        await using var host = ApiHost.Start();
        string deep = $"{{\"name\": {new string('[', 100_000)}{new string(']', 100_000)}}}";
        await ApiHost.ProblemAsync(HttpStatusCode.UnprocessableEntity, await host.PostAsync("sweeps", deep, type));
        var bytes = await ApiHost.ProblemAsync(HttpStatusCode.UnprocessableEntity, await host.PostAsync("sweeps", [0x6e, 0xff, 0xfe, 0x00], type));
        Assert.Contains("not text in UTF-8", bytes.Detail, StringComparison.Ordinal);
        string untrue = ApiHost.Spec(FakeCluster.SpecText()).ToJson().Replace("\"seed\": 0", "\"seed\": 1", StringComparison.Ordinal);
        var hash = await ApiHost.ProblemAsync(HttpStatusCode.UnprocessableEntity, await host.PostAsync("sweeps", untrue, "application/json"));
        Assert.Contains("the spec does not match its hash", hash.Detail, StringComparison.Ordinal);
        Assert.Empty(host.Cluster.Sweeps);
    }

    [Theory]
    [InlineData("sweeps")]
    [InlineData("plan")]
    [InlineData("sweeps/drift-1/extend")]
    public async Task More_than_a_spec_may_have_is_refused_with_or_without_a_length(string path)
    {
        await using var host = ApiHost.Start();
        host.Cluster.Add("drift-1");
        byte[] large = Encoding.ASCII.GetBytes(FakeCluster.SpecText() + "#" + new string('x', SpecReader.MaximumBytes));
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, await host.PostAsync(path, large, "text/yaml"));
        Assert.Contains("1048576 bytes", problem.Detail, StringComparison.Ordinal);

        using var chunked = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StreamContent(new MemoryStream(large)) };
        chunked.Headers.TransferEncodingChunked = true;
        chunked.Content.Headers.ContentType = new("text/yaml");
        await ApiHost.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, await host.Client.SendAsync(chunked));

        using var exact = await host.PostAsync("plan", FakeCluster.SpecText() + "#".PadRight(SpecReader.MaximumBytes - FakeCluster.SpecText().Length, 'x'));
        Assert.Equal(HttpStatusCode.OK, exact.StatusCode);
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/yaml; charset=utf-16")]
    [InlineData(null)]
    public async Task Another_type_of_body_is_refused(string? type)
    {
        await using var host = ApiHost.Start();
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.UnsupportedMediaType, await host.PostAsync("sweeps", FakeCluster.SpecText(), type));
        Assert.Contains("application/yaml", problem.Detail, StringComparison.Ordinal);
        Assert.Empty(host.Cluster.Sweeps);
    }

    [Theory]
    [InlineData("priority=1001", "priority is '1001'")]
    [InlineData("priority=0x10", "priority is '0x10'")]
    [InlineData("lanes=0", "lanes is '0'")]
    [InlineData("lanes=2147483648", "lanes is '2147483648'")]
    [InlineData("only=tpu", "only is 'tpu', not one of cpu, gpu")]
    [InlineData("only=cpu&only=gpu", "only stands there 2 times")]
    public async Task Wrong_demands_are_refused(string query, string sentence)
    {
        await using var host = ApiHost.Start();
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.BadRequest, await host.PostAsync($"sweeps?{query}", FakeCluster.SpecText()));
        Assert.Contains(sentence, problem.Detail, StringComparison.Ordinal);
        Assert.Empty(host.Cluster.Sweeps);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("not-a-uuid-at-all")]
    public async Task A_key_that_is_no_uuid_is_refused(string key)
    {
        await using var host = ApiHost.Start();
        var problem = await ApiHost.ProblemAsync(
            HttpStatusCode.BadRequest, await host.PostAsync("sweeps", FakeCluster.SpecText(), "text/yaml", ("Idempotency-Key", key)));
        Assert.Contains("not a UUID", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_says_what_a_sweep_would_be_and_begins_nothing()
    {
        await using var host = ApiHost.Start();
        using var answer = await host.PostAsync("plan?threads=4&set=width=1000", FakeCluster.SpecText());
        var plan = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(10, plan.GetProperty("points").GetInt64());
        Assert.Equal(10, plan.GetProperty("axes").GetProperty("slope").GetInt32());
        Assert.Equal(10, plan.GetProperty("predicted_core_seconds").GetDouble(), 1e-9);
        Assert.Equal(2.5, plan.GetProperty("predicted_seconds").GetDouble(), 1e-9);
        Assert.Empty(host.Cluster.Sweeps);
        await ApiHost.ProblemAsync(HttpStatusCode.BadRequest, await host.PostAsync("plan?threads=0", FakeCluster.SpecText()));
    }
}
