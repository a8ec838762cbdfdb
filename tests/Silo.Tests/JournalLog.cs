using Microsoft.Extensions.Logging;

namespace Sweeps.Silo.Tests;

/// <summary>A log that goes into the journal: <c>log 3: the server …</c>.</summary>
internal sealed class JournalLog(Journal journal) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        journal.Add(FormattableString.Invariant($"log {eventId.Id}: {formatter(state, exception)}"));
}
