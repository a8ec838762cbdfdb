using Sweeps.Simulation.Scheduling;

namespace Sweeps.Simulation.Faults;

/// <summary>What goes wrong in one seed, and how often: some seeds are calm but for one kind of fault, others have all of them.</summary>
internal sealed class Weather
{
    public Weather(Chance chance)
    {
        EndsAt = chance.Between(40, 200);
        Crashes = chance.Of(0, 0, 0.001, 0.005);
        MachineCrashes = chance.Of(0, 0, 0.001, 0.005);
        Pauses = chance.Of(0, 0.003, 0.01, 0.03);
        DiskFull = chance.Of(0, 0, 0.003);
        Lost = chance.Of(0, 0, 0.03, 0.15);
        Slow = chance.Of(0, 0.02, 0.1);
        ChunkFailures = chance.Of(0, 0, 0.03, 0.6, 0.75);
        PowerLosses = chance.Of(0, 0, 0, 1, 2);
        Outages = chance.Of(0, 0, 1, 2);
        ClockJumps = chance.Happens(0.3);
        Exchanges = !chance.Happens(0.1);
        Extends = chance.Happens(0.75);
        ExtendsAtItsEnd = chance.Happens(0.3);
        Stops = chance.Happens(0.25);
        Cancels = chance.Happens(0.04);
    }

    /// <summary>Seconds: from then on nothing new goes wrong.</summary>
    public double EndsAt { get; }

    /// <summary>Per step of a process.</summary>
    public double Crashes { get; }

    /// <summary>Per step of a process: its machine loses what it had not synced.</summary>
    public double MachineCrashes { get; }

    /// <summary>Per step of a process: it stops for a while, three leases at most.</summary>
    public double Pauses { get; }

    /// <summary>Per step that writes.</summary>
    public double DiskFull { get; }

    /// <summary>Per request and per answer.</summary>
    public double Lost { get; }

    /// <summary>Per request and per answer: seconds, or a minute, instead of milliseconds.</summary>
    public double Slow { get; }

    /// <summary>Per chunk: it fails as a whole.</summary>
    public double ChunkFailures { get; }

    /// <summary>Times that the lights go out, for all but the database.</summary>
    public int PowerLosses { get; }

    /// <summary>Times that the database is away.</summary>
    public int Outages { get; }

    /// <summary>Whether people set the clocks of machines.</summary>
    public bool ClockJumps { get; }

    /// <summary>Whether the file system can exchange folders.</summary>
    public bool Exchanges { get; }

    /// <summary>Whether a user extends the sweep.</summary>
    public bool Extends { get; }

    /// <summary>Whether the user waits until all chunks have ended, and silos are about to merge them.</summary>
    public bool ExtendsAtItsEnd { get; }

    /// <summary>Whether a user pauses and resumes it.</summary>
    public bool Stops { get; }

    /// <summary>Whether a user cancels it.</summary>
    public bool Cancels { get; }
}
