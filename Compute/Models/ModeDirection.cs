namespace Sweeps.Compute.Models;

/// <summary>Where the mode vector m of the mixture points, relative to the eigenvectors of U.</summary>
public enum ModeDirection
{
    /// <summary>Along the first coordinate, of the smallest λ.</summary>
    Slowest,

    /// <summary>Along the last coordinate, of the largest λ.</summary>
    Fastest,

    /// <summary>The same component, μ, in every coordinate.</summary>
    Uniform,

    /// <summary>Isotropic, from standard normals that the caller supplies.</summary>
    Random,
}
