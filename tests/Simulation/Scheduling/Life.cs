using System.Runtime.CompilerServices;

namespace Sweeps.Simulation.Scheduling;

/// <summary>What dies and is paused as one: a process. What it was at goes nowhere once it is dead, not even its <c>finally</c>.</summary>
internal class Life(Timeline timeline)
{
    public bool IsDead { get; private set; }

    public double PausedUntil { get; private set; }

    protected Timeline Timeline => timeline;

    /// <summary>Goes on after so many seconds, or later.</summary>
    public Later Wait(double seconds) => new(this, seconds);

    /// <summary>Stops everything of it for so many seconds; then it goes on as if nothing had happened.</summary>
    public void Pause(double seconds) => PausedUntil = Math.Max(PausedUntil, timeline.Now + seconds);

    public void Die() => IsDead = true;

    /// <summary>An awaitable that hands its continuation to the timeline.</summary>
    public readonly struct Later(Life owner, double seconds) : INotifyCompletion
    {
        public bool IsCompleted => false;

        public Later GetAwaiter() => this;

        public void OnCompleted(Action continuation) => owner.Timeline.After(seconds, owner, continuation);

        public void GetResult()
        {
            // there is nothing but the time that went by
        }
    }
}
