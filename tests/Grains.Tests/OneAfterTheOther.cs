// Tests here block threads on purpose, and others wait for answers that need one: side by side on few cores, they can wait for one another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
