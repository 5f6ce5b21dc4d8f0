export {
  type CommandLine,
  type ContainedProgram,
  type Containment,
  containedCommand,
  modulesFolderOf,
} from './contained-command.js';
export { type ContainedTool, containedTool } from './contained-tool.js';
