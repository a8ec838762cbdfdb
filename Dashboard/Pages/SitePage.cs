using Microsoft.AspNetCore.Components;

namespace Sweeps.Dashboard.Pages;

/// <summary>A whole page.</summary>
public abstract class SitePage : ComponentBase
{
    [Parameter, EditorRequired]
    public PageFrame Frame { get; set; } = null!;
}
