using System.Net;
using System.Text.Json;
using Sweeps.Fakes;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Parquet;

namespace Sweeps.Dashboard.Tests.Api;

public sealed class RowQueryTests
{
    private const string Points = "sweeps/small-1/points", Curves = "sweeps/small-1/curves";

    private static async Task<ApiHost> WithDatasetAsync()
    {
        var host = ApiHost.Start();
        await host.RunAsync("small-1");
        return host;
    }

    private static async Task<string[]> LinesAsync(ApiHost host, string path)
    {
        using var answer = await host.GetAsync(path);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task Csv_has_every_column_exact_numbers_and_nothing_where_there_is_no_value()
    {
        await using var host = await WithDatasetAsync();
        using var answer = await host.GetAsync($"{Points}?where=width=5&where=kind=flat", "text/csv");
        Assert.Equal("text/csv; charset=utf-8; header=present", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("small-1-points.csv", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal(
            "point,slope,width,kind,t_height,t_height_se,t_height_theory,t_height_shift,t_height_z,t_sum,device\n"
            + "1,0,5,flat,,,,,,0,cpu\n"
            + "3,0.1,5,flat,0.8333333333333333,0.01,0.5,0.33333333333333326,33.33333333333333,0.1,cpu\n"
            + "5,2,5,flat,10.333333333333334,0.01,10,0.3333333333333339,33.33333333333339,2,cpu\n",
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Json_is_a_list_and_lines_are_the_same_objects()
    {
        await using var host = await WithDatasetAsync();
        var list = await host.JsonAsync($"{Points}?columns=slope,t_height&where=kind=round&limit=3");
        Assert.Equal(3, list.GetArrayLength());
        Assert.Equal(["slope", "t_height"], list[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(JsonValueKind.Null, list[0].GetProperty("t_height").ValueKind);
        Assert.Equal(0.1 * 2 + 1.0 / 3, list[2].GetProperty("t_height").GetDouble());
        Assert.Equal(list.EnumerateArray().Select(row => row.GetRawText()),
            await LinesAsync(host, $"{Points}?columns=slope,t_height&where=kind=round&limit=3&format=ndjson"));
        Assert.Equal(0, (await host.JsonAsync($"{Points}?limit=0")).GetArrayLength());
    }

    [Fact]
    public async Task A_parquet_answer_is_read_back_with_the_same_rows_units_and_spec()
    {
        await using var host = await WithDatasetAsync();
        using var answer = await host.GetAsync($"{Points}?columns=kind,t_height,point&where=width=5", "application/vnd.apache.parquet");
        Assert.Equal("application/vnd.apache.parquet", answer.Content.Headers.ContentType!.ToString());
        string path = Path.Combine(host.FolderOf("small-1"), "answer.parquet");
        await File.WriteAllBytesAsync(path, await answer.Content.ReadAsByteArrayAsync());

        using var table = new ParquetFormat().Open(path);
        Assert.Equal(["kind", "t_height", "point"], table.Schema.Columns.Select(column => column.Name));
        Assert.Equal("OU time", table.Schema.Columns[1].Unit);
        Assert.Equal(host.Cluster.Sweeps[0].Spec.Hash, table.Metadata[DatasetMetadata.SpecHashKey]);
        var batch = table.ReadRowGroup(0);
        Assert.Equal([1, 3, 5, 7, 9, 11], batch.Column<long>("point").Values);
        Assert.True(batch.Columns[1].IsNull(0));
        Assert.Equal(10 + 1.0 / 3, batch.Column<double>("t_height")[2]);
        Assert.Equal("round", batch.Column<string>("kind")[3]);
    }

    [Theory]
    [InlineData("format=parquet&limit=0")]
    [InlineData("format=parquet&where=slope=0&columns=t_height")]
    public async Task A_parquet_answer_without_rows_or_without_values_is_a_file_all_the_same(string query)
    {
        await using var host = await WithDatasetAsync();
        string path = Path.Combine(host.FolderOf("small-1"), "answer.parquet");
        await File.WriteAllBytesAsync(path, await host.Client.GetByteArrayAsync($"{Points}?{query}"));
        using var table = new ParquetFormat().Open(path);
        Assert.Equal(query.Contains("limit=0", StringComparison.Ordinal) ? 0 : 4, table.RowCount);
    }

    [Fact]
    public async Task Curves_come_by_point_observable_and_time_filtered_like_points()
    {
        await using var host = await WithDatasetAsync();
        Assert.Equal(1 + 12 * 3, (await LinesAsync(host, $"{Curves}?format=csv")).Length);
        Assert.Equal(
            ["point,observable,t,value,se,theory", "4,rise,1,2.25,0.5,2", "4,rise,2,4.25,0.5,4", "4,rise,4,8.25,0.5,8"],
            await LinesAsync(host, $"{Curves}?format=csv&point=4&observable=rise"));
        Assert.Equal(["value,point", "0.35,2", "0.45,2", "0.65,2", "0.35,3"],
            await LinesAsync(host, $"{Curves}?format=csv&where=slope=0.1&where=kind=flat&columns=value,point&limit=4"));
        Assert.Equal(["t"], await LinesAsync(host, $"{Curves}?format=csv&point=4&where=kind=round&columns=t"));
    }

    [Theory]
    [InlineData("where=slop=1", "where='slop'", "the sweep has no such axis; did you mean 'slope'?")]
    [InlineData("where=slope=7", "where=slope=7", "no point has that; slope is 0, 0.1, 2")]
    [InlineData("where=slope=NaN", "where=slope=NaN", "no point has that")]
    [InlineData("where=slope", "where='slope'", "is not KEY=VALUE; write for example where=separation=1.5")]
    [InlineData("where=kind=' or 1=1 --", "where=kind", "no point has that")]
    [InlineData("columns=t_hight", "columns='t_hight'", "did you mean 't_height'?")]
    [InlineData("columns=point;drop table points", "columns=", "no such column")]
    [InlineData("columns=", "columns=''", "no such column")]
    [InlineData("columns=../../etc/passwd", "columns=", "no such column")]
    [InlineData("limit=-1", "limit is '-1'", "write an integer of at least 0")]
    [InlineData("limit=1e9", "limit is '1e9'", "write an integer")]
    [InlineData("limit=99999999999999999999", "limit is", "write an integer")]
    [InlineData("limit=1&limit=2", "limit", "name it once")]
    [InlineData("format=xls", "format is 'xls'", "not one of json, csv, ndjson, parquet")]
    [InlineData("format=../csv", "format is", "not one of")]
    [InlineData("point=3", "there is no parameter 'point'", "")]
    [InlineData("columns=%00%1b[2J", "columns=", "no such column")]
    public async Task Wrong_words_are_refused_with_the_known_ones(string query, string first, string second)
    {
        await using var host = await WithDatasetAsync();
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.BadRequest, await host.GetAsync($"{Points}?{query}"));
        Assert.StartsWith(first, problem.Detail, StringComparison.Ordinal);
        Assert.Contains(second, problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(problem.Detail, char.IsControl);
    }

    [Theory]
    [InlineData("point=12", "point is '12'; write an integer of at least 0 and at most 11")]
    [InlineData("point=NaN", "point is 'NaN'")]
    [InlineData("observable=rize", "observable='rize': the sweep has no such curve; did you mean 'rise'?")]
    [InlineData("columns=slope", "columns='slope': the sweep has no such column")]
    public async Task Wrong_words_for_curves_are_refused(string query, string sentence)
    {
        await using var host = await WithDatasetAsync();
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.BadRequest, await host.GetAsync($"{Curves}?{query}"));
        Assert.Contains(sentence, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mistakes_of_a_query_are_told_at_once()
    {
        await using var host = await WithDatasetAsync();
        var problem = await ApiHost.ProblemAsync(
            HttpStatusCode.BadRequest, await host.GetAsync($"{Curves}?where=a=1&where=b&columns=c,d&observable=e&point=f&limit=g&format=h&i=j"));
        Assert.Equal(9, problem.Mistakes!.Value.Length);
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/*", "text/csv")]
    [InlineData("application/x-ndjson", "application/x-ndjson")]
    [InlineData("text/html, text/csv;q=0.5, application/vnd.apache.parquet;q=0.9, */*;q=0.1", "application/vnd.apache.parquet")]
    [InlineData("application/json;q=0, text/csv;q=0.2", "text/csv")]
    [InlineData("application/json; charset=utf-8", "application/json")]
    public async Task The_form_is_what_the_request_prefers(string? accept, string type)
    {
        await using var host = await WithDatasetAsync();
        using var answer = await host.GetAsync(Points, accept);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept", answer.Headers.Vary);
        using var chosen = await host.GetAsync($"{Points}?format=csv", accept);
        Assert.Equal("text/csv", chosen.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/png, application/xml")]
    [InlineData(";;;")]
    public async Task A_form_that_there_is_not_is_refused_with_those_there_are(string accept)
    {
        await using var host = await WithDatasetAsync();
        var problem = await ApiHost.ProblemAsync(HttpStatusCode.NotAcceptable, await host.GetAsync(Points, accept));
        Assert.Contains("text/csv", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_without_a_dataset_or_without_curves_says_so()
    {
        await using var host = ApiHost.Start();
        host.Cluster.Add("drift-2");
        await host.RunAsync("small-1", FakeExperiment.SmallSpec.Replace("times: [1, 2, 4]", "times: []", StringComparison.Ordinal));
        Assert.Equal("no_dataset", (await ApiHost.ProblemAsync(HttpStatusCode.NotFound, await host.GetAsync("sweeps/drift-2/points"))).Reason);
        Assert.Equal("no_curves", (await ApiHost.ProblemAsync(HttpStatusCode.NotFound, await host.GetAsync(Curves))).Reason);
        Assert.Equal(13, (await LinesAsync(host, $"{Points}?format=csv")).Length);
    }

    [Fact]
    public async Task A_damaged_file_is_told_and_never_half_an_answer_taken_for_a_whole_one()
    {
        await using var host = await WithDatasetAsync();
        string file = Assert.Single(Directory.GetFiles(Path.Combine(host.FolderOf("small-1"), "points")));
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes.AsSpan(4, bytes.Length / 3).Fill(0xEE);
        await File.WriteAllBytesAsync(file, bytes);
        var parquet = await ApiHost.ProblemAsync(HttpStatusCode.InternalServerError, await host.GetAsync($"{Points}?format=parquet"));
        Assert.Equal("dataset", parquet.Reason);
        var csv = await ApiHost.ProblemAsync(HttpStatusCode.InternalServerError, await host.GetAsync($"{Points}?format=csv"));
        Assert.Contains("is damaged at byte", csv.Detail, StringComparison.Ordinal);
    }
}
