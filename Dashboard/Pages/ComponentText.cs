using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Sweeps.Dashboard.Pages;

/// <summary>Renders a part of a page to text, for those who have the page already.</summary>
internal sealed class ComponentText(IServiceProvider services, ILoggerFactory logs)
{
    /// <param name="parameters">Name and value of each of the component's parameters.</param>
    public async Task<string> RenderAsync<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent
    {
        var values = ParameterView.FromDictionary(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(values).ConfigureAwait(false)).ToHtmlString()).ConfigureAwait(false);
    }
}
