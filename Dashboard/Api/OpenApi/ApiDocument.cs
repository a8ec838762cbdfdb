using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Sweeps.Dashboard.Api.Bodies;
using Sweeps.Dashboard.Security;
using Sweeps.Grains.Datasets;

namespace Sweeps.Dashboard.Api.OpenApi;

/// <summary>The API's description, OpenAPI 3.1.</summary>
internal static class ApiDocument
{
    private const string Token = "token";

    public static void AddApi(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(options => ApiJson.Configured(options.SerializerOptions));
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = route => $"/{route.RelativePath}".StartsWith($"{ApiRoutes.Prefix}/", StringComparison.Ordinal);
            options.CreateSchemaReferenceId = type =>
                OpenApiOptions.CreateDefaultSchemaReferenceId(type)?.Replace("Body", "", StringComparison.Ordinal);
            options.AddDocumentTransformer((document, _, _) =>
            {
                Introduce(document);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(DescribeAsync);
        });
    }

    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi($"{ApiRoutes.Prefix}/openapi.json");

    private static void Introduce(OpenApiDocument document)
    {
        document.Info = new()
        {
            Title = "Sweeps",
            Version = DatasetMetadata.SoftwareVersion,
            Description = "Phase-diagram studies of diffusion models on a cluster: submit sweeps, follow and steer them, read their rows.",
        };
        // Where it is served, its readers know.
        document.Servers = [];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Token] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "Needed unless the dashboard is for its own machine alone. Its role is read or operate.",
            },
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference(Token, document)] = [] }, new()];
    }

    private static Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RouteDescription>().SingleOrDefault() is not { } described)
            throw new InvalidOperationException($"the route {context.Description.RelativePath} has no description");
        if (metadata.OfType<IAuthorizeData>().Any(needed => needed.Policy == Policies.Operate))
            operation.Description = "Needs a token with the role operate.";
        operation.Parameters = [.. described.Parameters.Select(parameter => parameter.ToOpenApi())];
        foreach (var answer in described.Answers)
            if (operation.Responses?[answer.Status.ToString(CultureInfo.InvariantCulture)] is OpenApiResponse response)
                Describe(response, answer);
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiResponse response, ApiAnswer answer)
    {
        response.Description = answer.Description;
        if (!answer.Headers.IsEmpty)
            response.Headers = answer.Headers.ToDictionary(header => header.Name, header => (IOpenApiHeader)new OpenApiHeader
            {
                Description = header.Description,
                Schema = Text,
            });
        // The members of a body are those of its JSON.
        foreach (var (type, content) in response.Content ?? new Dictionary<string, OpenApiMediaType>())
            if (type != "application/json")
                content.Schema = type.StartsWith("application/vnd", StringComparison.Ordinal) ? null : Text;
    }

    private static OpenApiSchema Text => new() { Type = JsonSchemaType.String };
}
