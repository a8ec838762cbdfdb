namespace Sweeps.Silo;

/// <summary>How the runtime keeps managed memory.</summary>
internal static class ManagedHeap
{
    /// <summary>Gives back to the machine what is not in use; nothing runs for some hundredths of a second.</summary>
    public static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
