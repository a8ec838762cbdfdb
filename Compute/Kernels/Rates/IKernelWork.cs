namespace Sweeps.Compute.Kernels.Rates;

/// <summary>One thread's share of an <see cref="IKernelRate"/>. Not for use from several threads.</summary>
public interface IKernelWork : IDisposable
{
    /// <summary>Units of work (floating-point operations, bytes, normals …) of one <see cref="Run"/>; exact.</summary>
    long UnitsOfWork { get; }

    /// <summary>Does the work once: some milliseconds, to a good fraction of a second.</summary>
    void Run();
}
