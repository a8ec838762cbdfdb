namespace Sweeps.Dashboard.Security;

/// <summary>What a request must be allowed to do. Every route needs <see cref="Read"/> unless it says otherwise.</summary>
internal static class Policies
{
    /// <summary>To look.</summary>
    public const string Read = "read";

    /// <summary>To submit, pause, resume, cancel and extend; includes <see cref="Read"/>.</summary>
    public const string Operate = "operate";
}
