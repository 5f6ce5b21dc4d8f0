export {
  type CommandLine,
  type ContainedProgram,
  type Containment,
  containedCommand,
  modulesFolderOf,
} from './contained-command.js';
