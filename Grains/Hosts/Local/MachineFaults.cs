using Sweeps.Compute.Devices;
using Sweeps.Grains.Datasets;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Hosts.Local;

/// <summary>What a failure of the machine is called.</summary>
internal static class MachineFaults
{
    /// <summary>One sentence with the remedy; null if the exception is no fault of the machine or of the files.</summary>
    public static string? SentenceOf(Exception fault, DatasetFolder folder) => fault switch
    {
        TableFileException damaged => DamagedFiles.Sentence(damaged),
        DatasetException wrong => wrong.Message,
        OutOfMemoryException => "memory ran out; run with fewer --threads, or on a machine with more, and resume",
        IOException or UnauthorizedAccessException =>
            $"{folder.Root} cannot be written: {fault.Message.TrimEnd('.')}; make room or give access, and resume",
        DeviceException lost => $"{lost.Message}; see to the device and resume, or resume with --device cpu",
        _ => null,
    };
}
