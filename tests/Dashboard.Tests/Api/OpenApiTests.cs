using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Sweeps.Dashboard.Tests.Api;

public sealed class OpenApiTests
{
    private static async Task<OpenApiDocument> DocumentAsync(ApiHost host)
    {
        var read = OpenApiModelFactory.Parse(await host.Client.GetStringAsync("openapi.json"), OpenApiConstants.Json);
        Assert.NotNull(read.Diagnostic);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        return read.Document!;
    }

    private static IEnumerable<string> Routes(ApiHost host) => host.Routes.OfType<RouteEndpoint>()
        .Where(route => route.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)
            && route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
        .SelectMany(route => route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
            .Select(method => $"{method} {route.RoutePattern.RawText}"));

    [Fact]
    public async Task Every_route_is_described_and_everything_described_is_a_route()
    {
        await using var host = ApiHost.Start();
        var document = await DocumentAsync(host);
        string[] described = [.. document.Paths.SelectMany(path => path.Value.Operations!.Keys.Select(method => $"{method} {path.Key}"))];
        Assert.Equal(Routes(host).Order(), described.Order());
        Assert.Equal(16, described.Length);
    }

    [Fact]
    public async Task Every_route_has_words_for_itself_its_parameters_and_its_answers()
    {
        await using var host = ApiHost.Start();
        var document = await DocumentAsync(host);
        HashSet<string> names = [];
        foreach (var (path, item) in document.Paths)
            foreach (var (method, operation) in item.Operations!)
            {
                Assert.NotNull(operation.Summary);
                Assert.True(names.Add(operation.OperationId!), operation.OperationId);
                Assert.All(operation.Parameters ?? [], parameter =>
                {
                    Assert.NotEmpty(parameter.Description!);
                    Assert.NotNull(parameter.Schema);
                });
                Assert.Equal(path.Contains("{id}", StringComparison.Ordinal),
                    operation.Parameters?.Any(parameter => parameter is { Name: "id", In: ParameterLocation.Path, Required: true }) ?? false);
                Assert.All(operation.Responses!, answer => Assert.NotEmpty(answer.Value.Description!));
                foreach (var (status, answer) in operation.Responses!)
                    if (status[0] is '4' or '5') Assert.Equal(["application/problem+json"], answer.Content!.Keys);
                    else if (status != "304")
                        Assert.All(answer.Content!, body =>
                            Assert.Equal(body.Key == "application/vnd.apache.parquet", body.Value.Schema is null));
                Assert.Contains("503", operation.Responses.Keys);
                bool takesSpec = operation.OperationId is "submitSweep" or "planSweep" or "extendSweep";
                Assert.Equal(takesSpec, operation.RequestBody is not null);
                if (takesSpec) Assert.Contains("application/yaml", operation.RequestBody!.Content!.Keys);
                if (takesSpec) Assert.Contains("413", operation.Responses.Keys);
                bool changes = operation.OperationId is "submitSweep" or "extendSweep" or "pauseSweep" or "resumeSweep" or "cancelSweep";
                Assert.Equal(changes, operation.Description == "Needs a token with the role operate.");
                Assert.Equal(changes || operation.OperationId == "planSweep", method == HttpMethod.Post);
            }
    }

    [Fact]
    public async Task It_names_the_members_as_they_are_sent()
    {
        await using var host = ApiHost.Start();
        var schemas = JsonDocument.Parse(await host.Client.GetStringAsync("openapi.json")).RootElement
            .GetProperty("components").GetProperty("schemas");
        var sweep = schemas.GetProperty("SweepDetails");
        Assert.True(sweep.GetProperty("properties").TryGetProperty("points_per_second", out _));
        Assert.Contains("spec_hash", sweep.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.True(schemas.GetProperty("Problem").GetProperty("properties").TryGetProperty("mistakes", out _));
    }
}
