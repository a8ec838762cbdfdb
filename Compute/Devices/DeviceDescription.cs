namespace Sweeps.Compute.Devices;

/// <summary>What a device is, as its driver says.</summary>
internal sealed record DeviceDescription
{
    public required DeviceKind Kind { get; init; }

    /// <summary>Its number among the devices of its kind: <c>cuda:0</c>.</summary>
    public required int Index { get; init; }

    public required string Name { get; init; }

    /// <summary>Name and version of the driver.</summary>
    public required string Driver { get; init; }

    public required long MemoryBytes { get; init; }

    /// <summary>Most bytes of one <see cref="IDevice.Allocate"/>.</summary>
    public required long LargestAllocation { get; init; }

    /// <summary>Multiprocessors or cores.</summary>
    public required int ComputeUnits { get; init; }

    /// <summary>Memory that the threads of a group share, bytes.</summary>
    public required long LocalMemoryBytes { get; init; }

    /// <summary>Most threads in a group.</summary>
    public required int LargestGroup { get; init; }

    /// <summary>Whether it is a processor behind a driver, and no accelerator.</summary>
    public required bool IsProcessor { get; init; }

    /// <summary>
    /// Whether √, ÷ and fused multiply-add in single precision are correctly rounded: then a kernel text can give the processor's bits.
    /// </summary>
    public required bool RoundsCorrectly { get; init; }

    /// <summary>As in <c>--device</c>: <c>opencl:0</c>.</summary>
    public string Word => FormattableString.Invariant($"{Kind.Word()}:{Index}");

    public override string ToString() => $"{Word} ({Name})";
}
