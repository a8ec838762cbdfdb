using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sweeps.Dashboard.Pages;

namespace Sweeps.Dashboard.Tests.Pages;

/// <summary>A component by itself.</summary>
internal static class Rendering
{
    public static async Task<string> TextAsync<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent
    {
        await using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider();
        return await new ComponentText(services, NullLoggerFactory.Instance).RenderAsync<TComponent>(parameters);
    }
}
