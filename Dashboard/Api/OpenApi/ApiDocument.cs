using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Sweeps.Dashboard.Api.Bodies;
using Sweeps.Grains.Datasets;

namespace Sweeps.Dashboard.Api.OpenApi;

/// <summary>The API's description, OpenAPI 3.1.</summary>
internal static class ApiDocument
{
    public static void AddApi(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(options => ApiJson.Configured(options.SerializerOptions));
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = route => $"/{route.RelativePath}".StartsWith($"{ApiRoutes.Prefix}/", StringComparison.Ordinal);
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new()
                {
                    Title = "Sweeps",
                    Version = DatasetMetadata.SoftwareVersion,
                    Description = "Phase-diagram studies of diffusion models on a cluster: submit sweeps, follow and steer them, read their rows.",
                };
                document.Servers = [];
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(DescribeAsync);
        });
    }

    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi($"{ApiRoutes.Prefix}/openapi.json");

    private static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteDescription>().SingleOrDefault() is not { } described)
            throw new InvalidOperationException($"the route {context.Description.RelativePath} has no description");
        operation.Parameters = [.. described.Parameters.Select(parameter => parameter.ToOpenApi())];
        foreach (var answer in described.Answers)
        {
            if (operation.Responses?[answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)] is not OpenApiResponse response) continue;
            response.Description = answer.Description;
            if (!answer.Headers.IsEmpty)
                response.Headers = answer.Headers.ToDictionary(header => header.Name, header => (IOpenApiHeader)new OpenApiHeader
                {
                    Description = header.Description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                });
        }
        return Task.CompletedTask;
    }
}
