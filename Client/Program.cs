using Sweeps.Client.Shell;

using var interruption = new Interruption();
return await SweepsCommandLine.RunAsync(args, SystemTerminal.Open(), [], interruption.Token);
